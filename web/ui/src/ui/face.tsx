const HUES = ['sky', 'violet', 'indigo', 'amber', 'green', 'pink', 'teal']
const HAN = /\p{Script=Han}/u

function hueOf(text: string) {
  let sum = 0
  for (const c of text) sum = (sum * 31 + (c.codePointAt(0) ?? 0)) >>> 0
  return HUES[sum % HUES.length]
}

/** Initials; of a Chinese person the last two characters, which is how people call them, of a company the first two. */
export function initials(name: string, company = false) {
  if (HAN.test(name)) {
    const characters = [...name].filter(c => HAN.test(c))
    return (company ? characters.slice(0, 2) : characters.slice(-2)).join('')
  }
  const words = name.split(/\s+/).filter(Boolean)
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '')).toUpperCase()
}

/** A person or a thing without a picture, told by a quiet colour and initials. */
export function Face({ name, size = 24, square = false }: { name: string; size?: number; square?: boolean }) {
  const hue = hueOf(name)
  return (
    <span
      aria-hidden
      className="grid flex-none place-items-center font-semibold"
      style={{
        width: size,
        height: size,
        borderRadius: square ? size / 4 : size,
        fontSize: size * 0.38,
        background: `var(--${hue}-b)`,
        color: `var(--${hue}-f)`,
        boxShadow: `inset 0 0 0 1px color-mix(in srgb, var(--${hue}-d) 35%, transparent)`,
      }}
    >
      {initials(name, square) || '·'}
    </span>
  )
}

export const Mark = ({ size = 24 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
    <rect width="24" height="24" rx="7" fill="var(--solid)" />
    <path
      d="M6 15.5c2.2 0 2.6-7 5.2-7s2.2 7 4.8 7c1.2 0 1.8-1 2.2-2.2"
      fill="none"
      stroke="var(--on-solid)"
      strokeWidth="2"
      strokeLinecap="round"
    />
  </svg>
)
