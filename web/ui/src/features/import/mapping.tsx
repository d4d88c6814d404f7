import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import type { TextKey } from '../../platform/texts.en'
import type { ObjectDef } from '../../platform/types'
import { box } from '../../ui/kit'
import type { Import } from './model'

/** Field paths that a column can fill. */
function targets(
  objects: Map<string, ObjectDef>,
  object: ObjectDef,
  label: (l: { en: string; 'zh-CN': string }) => string,
  t: (k: TextKey) => string,
) {
  const options: { path: string; text: string }[] = []
  for (const field of object.fields.filter(f => f.writable)) {
    const target = field.type === 'lookup' ? objects.get(field.target ?? '') : undefined
    if (target) {
      for (const key of target.fields)
        if (key.traits.includes('unique') || key.name === target.nameField)
          options.push({ path: `${field.name}.${key.name}`, text: `${label(field.labels)} (${label(key.labels)})` })
    } else {
      options.push({ path: field.name, text: label(field.labels) })
      for (const part of field.parts ?? [])
        options.push({
          path: `${field.name}.${part}`,
          text: `${label(field.labels)} › ${t(`part.${part}` as TextKey)}`,
        })
    }
  }
  return options
}

/** The file's columns with samples, and the fields that they fill. */
export function MappingTable({
  it,
  object,
  onChange,
}: {
  it: Import
  object: ObjectDef
  onChange: (mapping: Import['mapping']) => void
}) {
  const { t, label } = useWords()
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const options = targets(objects, object, label, t)
  return (
    <div className="overflow-x-auto rounded-xl border border-line shadow-1">
      <table className="w-full text-sm">
        <thead className="bg-surface-2 text-left text-xs text-ink-3">
          <tr>
            <th className="px-4 py-2 font-medium">{t('fileColumn')}</th>
            <th className="px-4 py-2 font-medium max-md:hidden">{t('sample')}</th>
            <th className="px-4 py-2 font-medium">{t('field')}</th>
          </tr>
        </thead>
        <tbody>
          {it.columns.map((column, i) => {
            const mapped = it.mapping[column]
            const paths = Array.isArray(mapped) ? mapped : mapped ? [mapped] : []
            const put = (at: number, path: string) => {
              const next = path ? paths.map((old, j) => (j === at ? path : old)) : paths.filter((_, j) => j !== at)
              if (path && at === paths.length) next.push(path)
              onChange({ ...it.mapping, [column]: next.length > 1 ? next : (next[0] ?? null) })
            }
            return (
              <tr key={column} className="border-t border-line align-top">
                <td className="px-4 py-2.5 font-medium break-all">{column}</td>
                <td className="max-w-64 px-4 py-2.5 text-ink-3 max-md:hidden">
                  <span className="block truncate">
                    {it.sample
                      .slice(0, 3)
                      .map(row => row[i])
                      .filter(Boolean)
                      .join(' · ') || '—'}
                  </span>
                </td>
                <td className="px-4 py-2">
                  <span className="flex flex-col gap-1.5">
                    {(paths.length ? paths : ['']).map((path, at) => (
                      <select
                        key={at}
                        aria-label={`${t('field')}: ${column}`}
                        className={box}
                        value={path}
                        onChange={e => put(at, e.target.value)}
                      >
                        <option value="">{t('keepNothing')}</option>
                        {options.map(option => (
                          <option key={option.path} value={option.path}>
                            {option.text}
                          </option>
                        ))}
                        {path && !options.some(o => o.path === path) && <option value={path}>{path}</option>}
                      </select>
                    ))}
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
