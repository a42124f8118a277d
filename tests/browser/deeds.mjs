// The drill as hands do it, in order: what tests/floor/src/student.rs does through the API is done here before a page.

/** Units' and cases' barcodes, grams of one unit. */
export const goods = {
  RY001: { unit: '2000152400015', case: '12000152400012', grams: 2150 },
  RY002: { unit: '2000152400022', case: '12000152400029', grams: 620 },
  RY003: { unit: '2000152400039', case: '12000152400036', grams: 150 },
  RY004: { unit: '2000152400046', case: '12000152400043', grams: 820 },
  RY006: { unit: '2000152400060', case: '12000152400067', grams: 1180 },
  RY010: { unit: '2000152400107', case: '12000152400104', grams: 430 },
};

/** Packing of one parcel. */
const PACKING_GRAMS = 180;

const times = (count, thing) => Array.from({ length: count }, () => thing);
const scan = (code) => ({ scan: code });
/** Typed by a scanner that is a keyboard. */
const typed = (code) => ({ typed: code });
const press = (position, key = 'confirm') => ({ press: position, key });

/** A parcel: its units scanned one by one, then put on the scale and taken off. */
const parcel = (lines) => [
  ...lines.flatMap(([sku, units]) => times(units, scan(goods[sku].unit))),
  { weigh: lines.reduce((sum, [sku, units]) => sum + goods[sku].grams * units, PACKING_GRAMS) },
];

/** The drill's parts: the step the page shows when a part begins, and what is done in it. */
export const parts = [
  { name: 'notice', deeds: [scan('CMD-CONFIRM')] },
  {
    name: 'receive',
    deeds: [
      ...times(4, scan(goods.RY001.case)), scan('CMD-CONFIRM'),
      // One case of RY003 is missing.
      ...times(2, typed(goods.RY003.case)), typed('CMD-SHORT'),
      ...times(3, scan(goods.RY004.case)), scan('CMD-CONFIRM'),
    ],
  },
  { name: 'label', deeds: [scan('CMD-NEXT')] },
  {
    name: 'put-away',
    deeds: [
      scan('S-01-01-03'), scan(goods.RY001.case),
      typed('S-01-01-04'), typed(goods.RY003.case),
      scan('S-01-02-01'), scan(goods.RY004.case),
    ],
  },
  { name: 'receipt', deeds: [scan('CMD-CONFIRM')] },
  { name: 'wave', deeds: [scan('CMD-NEXT')] },
  // RY010's slot holds one unit less than the book says.
  { name: 'pick', deeds: [press(0), press(2), press(1), press(10), press(16, 'minus'), press(16), press(2)] },
  {
    name: 'check',
    deeds: [
      ...parcel([['RY001', 2], ['RY003', 1]]),
      ...parcel([['RY002', 3], ['RY006', 1], ['RY010', 1]]),
      ...parcel([['RY003', 4]]),
    ],
  },
  { name: 'hand-over', deeds: ['CK-0001', 'CK-0002', 'CK-0003'].map(scan) },
];
