/** The 34 provinces, municipalities, autonomous and special regions: as the map names them, and in English. */
const PROVINCES: [string, string][] = [
  ['北京', 'Beijing'],
  ['天津', 'Tianjin'],
  ['河北', 'Hebei'],
  ['山西', 'Shanxi'],
  ['内蒙古', 'Inner Mongolia'],
  ['辽宁', 'Liaoning'],
  ['吉林', 'Jilin'],
  ['黑龙江', 'Heilongjiang'],
  ['上海', 'Shanghai'],
  ['江苏', 'Jiangsu'],
  ['浙江', 'Zhejiang'],
  ['安徽', 'Anhui'],
  ['福建', 'Fujian'],
  ['江西', 'Jiangxi'],
  ['山东', 'Shandong'],
  ['河南', 'Henan'],
  ['湖北', 'Hubei'],
  ['湖南', 'Hunan'],
  ['广东', 'Guangdong'],
  ['广西', 'Guangxi'],
  ['海南', 'Hainan'],
  ['重庆', 'Chongqing'],
  ['四川', 'Sichuan'],
  ['贵州', 'Guizhou'],
  ['云南', 'Yunnan'],
  ['西藏', 'Tibet'],
  ['陕西', 'Shaanxi'],
  ['甘肃', 'Gansu'],
  ['青海', 'Qinghai'],
  ['宁夏', 'Ningxia'],
  ['新疆', 'Xinjiang'],
  ['香港', 'Hong Kong'],
  ['澳门', 'Macao'],
  ['台湾', 'Taiwan'],
]

const OTHER_NAMES: Record<string, string> = {
  xizang: '西藏',
  neimongol: '内蒙古',
  neimenggu: '内蒙古',
  macau: '澳门',
  臺灣: '台湾',
  澳門: '澳门',
}

const plain = (text: string) => text.toLowerCase().replace(/[\s'’.-]/g, '')

const BY_ENGLISH = new Map(PROVINCES.map(([zh, en]) => [plain(en), zh]))

/** The province that people mean by `text`, as the map names it; undefined where it is none, such as a county of England. */
export function provinceOf(text: string): string | undefined {
  const name = plain(text)
  const zh = PROVINCES.find(([province]) => name.startsWith(province))
  if (zh) return zh[0]
  const latin = name.replace(/(province|municipality|autonomousregion|sar|shi|sheng)$/, '')
  return BY_ENGLISH.get(latin) ?? OTHER_NAMES[latin]
}

export const englishName = (province: string) => PROVINCES.find(([zh]) => zh === province)?.[1] ?? province
