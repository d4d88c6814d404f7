import { EditorContent, type Editor as TextEditor, useEditor, useEditorState } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import clsx from 'clsx'
import { Bold, Code, Heading, Italic, Link2, List, ListOrdered, Quote, Redo2, Strikethrough, Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useDictionary, useWords } from '../platform/i18n'
import { box } from '../ui/kit'
import type { EditorProps } from './editor'

const en = {
  bold: 'Bold',
  bullets: 'Bulleted list',
  code: 'Code',
  formatting: 'Formatting',
  heading: 'Heading',
  italic: 'Italic',
  link: 'Link',
  linkAddress: 'Address of the link',
  numbers: 'Numbered list',
  quote: 'Quotation',
  redo: 'Redo',
  strike: 'Strike through',
  undo: 'Undo',
}

const zh: typeof en = {
  bold: '加粗',
  bullets: '项目符号列表',
  code: '代码',
  formatting: '格式',
  heading: '标题',
  italic: '斜体',
  link: '链接',
  linkAddress: '链接地址',
  numbers: '编号列表',
  quote: '引用',
  redo: '重做',
  strike: '删除线',
  undo: '撤销',
}

/** The formatting that the server keeps. */
const EXTENSIONS = [
  StarterKit.configure({
    trailingNode: false,
    heading: { levels: [1, 2, 3] },
    link: { openOnClick: false, defaultProtocol: 'https', protocols: ['http', 'https', 'mailto'] },
  }),
]

/** Writes formatted text. Its value is HTML of plain formatting; the server takes out whatever else is pasted. */
export default function RichTextEditor({ id, field, value, onChange, invalid, autoFocus }: EditorProps) {
  const { label } = useWords()
  const editor = useEditor({
    extensions: EXTENSIONS,
    content: typeof value === 'string' ? value : '',
    autofocus: autoFocus ? 'end' : false,
    onUpdate: ({ editor: now }) => onChange(now.isEmpty ? null : now.getHTML()),
    editorProps: {
      attributes: {
        id,
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label(field.labels),
        ...(invalid && { 'aria-invalid': 'true', 'aria-describedby': `${id}-error` }),
        class: 'rich min-h-24 max-h-80 overflow-y-auto px-2.5 py-1.5 outline-none',
      },
      // means “done” to whoever holds the editor, not a new line
      handleKeyDown: (_, event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey),
    },
  })
  return (
    <div className={clsx(box, '!block !p-0')} data-invalid={invalid || undefined}>
      <Toolbar editor={editor} />
      <EditorContent editor={editor} />
    </div>
  )
}

/** Shows formatted text as it was written: what its formatting does not know is left out. */
export function RichText({ html }: { html: string }) {
  const editor = useEditor(
    {
      extensions: EXTENSIONS,
      content: html,
      editable: false,
      editorProps: { attributes: { class: 'rich', role: 'group' } },
    },
    [html],
  )
  return <EditorContent editor={editor} className="min-w-0" />
}

function Toolbar({ editor }: { editor: TextEditor }) {
  const { w } = useDictionary(en, zh)
  const [linking, setLinking] = useState<string>()
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      strike: now.isActive('strike'),
      code: now.isActive('code'),
      heading: now.isActive('heading'),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      quote: now.isActive('blockquote'),
      link: now.isActive('link'),
      mayUndo: now.can().undo(),
      mayRedo: now.can().redo(),
    }),
  })
  const run = () => editor.chain().focus()
  const link = () => {
    const address = linking?.trim()
    setLinking(undefined)
    if (address)
      run()
        .extendMarkRange('link')
        .setLink({ href: withScheme(address) })
        .run()
    else run().extendMarkRange('link').unsetLink().run()
  }
  return (
    <>
      <div role="toolbar" aria-label={w('formatting')} className="flex flex-wrap gap-0.5 border-b border-line p-1">
        <Tool name={w('bold')} on={on.bold} icon={<Bold size={15} />} act={() => run().toggleBold().run()} />
        <Tool name={w('italic')} on={on.italic} icon={<Italic size={15} />} act={() => run().toggleItalic().run()} />
        <Tool
          name={w('strike')}
          on={on.strike}
          icon={<Strikethrough size={15} />}
          act={() => run().toggleStrike().run()}
        />
        <Tool
          name={w('heading')}
          on={on.heading}
          icon={<Heading size={15} />}
          act={() => run().toggleHeading({ level: 2 }).run()}
        />
        <Tool
          name={w('bullets')}
          on={on.bullets}
          icon={<List size={15} />}
          act={() => run().toggleBulletList().run()}
        />
        <Tool
          name={w('numbers')}
          on={on.numbers}
          icon={<ListOrdered size={15} />}
          act={() => run().toggleOrderedList().run()}
        />
        <Tool name={w('quote')} on={on.quote} icon={<Quote size={15} />} act={() => run().toggleBlockquote().run()} />
        <Tool name={w('code')} on={on.code} icon={<Code size={15} />} act={() => run().toggleCode().run()} />
        <Tool
          name={w('link')}
          on={on.link}
          icon={<Link2 size={15} />}
          act={() => setLinking(String(editor.getAttributes('link').href ?? ''))}
        />
        <span className="ml-auto flex gap-0.5">
          <Tool name={w('undo')} off={!on.mayUndo} icon={<Undo2 size={15} />} act={() => run().undo().run()} />
          <Tool name={w('redo')} off={!on.mayRedo} icon={<Redo2 size={15} />} act={() => run().redo().run()} />
        </span>
      </div>
      {linking !== undefined && (
        <input
          aria-label={w('linkAddress')}
          placeholder="https://"
          value={linking}
          autoFocus
          onChange={event => setLinking(event.target.value)}
          onBlur={link}
          onKeyDown={event => {
            event.stopPropagation()
            if (event.key === 'Escape') setLinking(undefined)
            else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
              event.preventDefault()
              link()
            }
          }}
          className="w-full border-b border-line bg-sunken px-2.5 py-1.5 text-xs outline-none"
        />
      )}
    </>
  )
}

const withScheme = (address: string) => (/^(https?:|mailto:)/i.test(address) ? address : `https://${address}`)

interface ToolProps {
  name: string
  icon: ReactNode
  on?: boolean
  off?: boolean
  act: () => void
}

const Tool = ({ name, icon, on, off, act }: ToolProps) => (
  <button
    type="button"
    aria-label={name}
    title={name}
    aria-pressed={on}
    disabled={off}
    // the text keeps what is chosen in it
    onMouseDown={event => event.preventDefault()}
    onClick={act}
    className={clsx(
      'grid size-7 place-items-center rounded-md text-ink-2 hover:bg-hover disabled:opacity-40 max-md:size-11',
      on && 'bg-accent-soft text-accent-ink',
    )}
  >
    {icon}
  </button>
)
