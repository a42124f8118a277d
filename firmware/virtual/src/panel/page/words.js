// Every word of the panel in both languages; a key missing in one is a mistake that a test finds.
export const words = {
  zh: {
    title: '前面板', stations: '工位', station: '工位 {n}', language: 'English', live: '● 在线', gone: '… 面板已断开，正在重连',
    shelf: '电子标签货架', scanner: '扫描器', printer: '条码打印机', scale: '秤',
    connected: '✓ 已连接', offline: '… 离线', unplugged: '✕ 线已拔', kept: '… 待提交 {n} 条',
    pull: '拔线', plug: '插线', power: '断电重启', confirm: '确认', plus: '加', minus: '减', hand: '选中货位的按键', key: '{place} {key}',
    scan: '扫描', code: '条码内容', right: '✓ 正确', wrong: '✕ 错误', stored: '… 已暂存', neutral: '○ 未记账', silent: '等待扫描',
    goods: '货品', unit: '单件', case: '整箱', places: '货位', nocodes: '未载入条码表，可直接输入条码',
    paper: '有纸', closed: '盖已合', hot: '打印头过热', printing: '正在打印', nolabels: '尚未打印标签', label: '标签 {n}', spoilt: '（作废）',
    testing: '自检：按亮白灯那一位的确认键，按加或减结束', wobble: '晃动', empty: '清空', stable: '✓ 稳定', moving: '… 未稳定', put: '放上 {name}', load: '秤上重量（克）',
  },
  en: {
    title: 'Front panel', stations: 'Stations', station: 'Station {n}', language: '中文', live: '● Live', gone: '… Panel lost, reconnecting',
    shelf: 'Pick-to-light shelf', scanner: 'Scanner', printer: 'Label printer', scale: 'Scale',
    connected: '✓ Connected', offline: '… Offline', unplugged: '✕ Cable out', kept: '… {n} not committed',
    pull: 'Pull cable', plug: 'Plug in', power: 'Power cycle', confirm: 'Confirm', plus: 'Plus', minus: 'Minus', hand: 'Keys of the slot touched', key: '{place} {key}',
    scan: 'Scan', code: 'Barcode content', right: '✓ Right', wrong: '✕ Wrong', stored: '… Stored', neutral: '○ Nothing booked', silent: 'Nothing scanned',
    goods: 'Goods', unit: 'Unit', case: 'Case', places: 'Locations', nocodes: 'No code list loaded; type a code',
    paper: 'Paper in', closed: 'Cover shut', hot: 'Head too hot', printing: 'Printing', nolabels: 'No label yet', label: 'Label {n}', spoilt: ' (spoilt)',
    testing: 'Self test: press confirm where the white light is; plus or minus ends it', wobble: 'Wobble', empty: 'Empty', stable: '✓ Stable', moving: '… Moving', put: 'Add {name}', load: 'Load on the scale (grams)',
  },
};
