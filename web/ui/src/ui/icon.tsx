import {
  Bookmark,
  Box,
  Building2,
  CircleCheck,
  IdCard,
  List,
  type LucideIcon,
  MapPin,
  Package,
  Paperclip,
  PhoneCall,
  ShoppingCart,
  StickyNote,
  Tag,
  UserCog,
  Users,
  Video,
} from 'lucide-react'

const ICONS: Record<string, LucideIcon> = {
  bookmark: Bookmark,
  'building-2': Building2,
  'circle-check': CircleCheck,
  'id-card': IdCard,
  list: List,
  'map-pin': MapPin,
  package: Package,
  paperclip: Paperclip,
  'phone-call': PhoneCall,
  'shopping-cart': ShoppingCart,
  'sticky-note': StickyNote,
  tag: Tag,
  'user-cog': UserCog,
  users: Users,
  video: Video,
}

/** An object's icon by the name that its metadata gives. */
export function ObjectIcon({ name, size = 15 }: { name: string; size?: number }) {
  const Icon = ICONS[name] ?? Box
  return <Icon size={size} aria-hidden />
}
