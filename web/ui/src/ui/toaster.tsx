import { Toaster as Sonner } from 'sonner'

/** Where passing messages appear. */
export default function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      duration={6000}
      toastOptions={{
        style: {
          background: 'var(--solid)',
          color: 'var(--on-solid)',
          border: 0,
          borderRadius: 12,
          fontFamily: 'var(--font)',
          fontSize: 13,
        },
        actionButtonStyle: { background: 'transparent', color: 'var(--on-solid)', textDecoration: 'underline' },
      }}
    />
  )
}
