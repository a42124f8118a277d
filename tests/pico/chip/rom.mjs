// A stand-in for the boot ROM, which rp2040js comes without: as much of it as embassy-rp calls. Each ROM function is
// `bkpt #n; bx lr`; the work is done here when the core meets the breakpoint.
const LOOKUP = 0x200; // rom_table_lookup(table, code)
const FUNCTIONS = 0x210;
const LOOKUP_BREAK = 1, FIRST_FUNCTION_BREAK = 16;
const BKPT = 0xbe00, BX_LR = 0x4770;
const FUNCTION_TABLE = 0x14, DATA_TABLE = 0x16, LOOKUP_POINTER = 0x18;

// Firmware reads it in "EEPROM read" mode, in which nothing is received while the command goes out.
const SSI_DATA = 0x60, READ_UNIQUE_ID = 0x4b, UNIQUE_ID_DUMMY_BYTES = 4;

// Winbond W25Q16JV, typical: the chip stands still that long, because it runs from this flash.
const ERASE_SECTOR_NANOS = 45e6, SECTOR = 4096, PROGRAM_PAGE_NANOS = 0.4e6, PAGE = 256;
const COPY_BYTE_NANOS = 8; // one cycle at 125 MHz, about what the ROM's word-wise loops take

const bits = (value) => value.toString(2).padStart(32, '0');

/**
 * Puts the ROM in place.
 * @param mcu the rp2040js chip
 * @param uid eight bytes, the flash's unique id
 * @param stall called with the nanoseconds for which the core stands still
 * @param onFault called when the core meets a breakpoint or undefined instruction that is not the ROM's
 */
export function installRom(mcu, uid, stall, onFault) {
  const registers = mcu.core.registers;
  const functions = {
    IF() {}, // connect flash
    EX() {}, // leave execution in place
    FC() {}, // flush cache
    CX() {}, // enter execution in place
    RE() {
      const [offset, count] = registers;
      mcu.flash.fill(0xff, offset, offset + count);
      stall((count / SECTOR) * ERASE_SECTOR_NANOS);
    },
    RP() {
      const [offset, data, count] = registers;
      for (let i = 0; i < count; i++) mcu.flash[offset + i] &= mcu.readUint8(data + i);
      stall((count / PAGE) * PROGRAM_PAGE_NANOS);
    },
    MC() { // memcpy
      const [to, from, count] = registers;
      for (let i = 0; i < count; i++) mcu.writeUint8(to + i, mcu.readUint8(from + i));
      stall(count * COPY_BYTE_NANOS);
    },
    MS() { // memset
      const [to, value, count] = registers;
      for (let i = 0; i < count; i++) mcu.writeUint8(to + i, value & 0xff);
      stall(count * COPY_BYTE_NANOS);
    },
    P3() { registers[0] = bits(registers[0]).replaceAll('0', '').length; }, // count of ones
    R3() { registers[0] = parseInt([...bits(registers[0])].reverse().join(''), 2); }, // bits reversed
    L3() { registers[0] = Math.clz32(registers[0]); }, // leading zeros
    T3() { registers[0] = 32 - Math.clz32(~registers[0] & (registers[0] - 1)); }, // trailing zeros
  };
  functions.C4 = functions.MC;
  functions.S4 = functions.MS;
  const names = Object.keys(functions);

  const rom = new DataView(new ArrayBuffer(0x1000));
  const halfword = (address, value) => rom.setUint16(address, value, true);
  const stub = (address, number) => { halfword(address, BKPT | number); halfword(address + 2, BX_LR); };
  halfword(FUNCTION_TABLE, 0x100);
  halfword(DATA_TABLE, 0x102);
  halfword(LOOKUP_POINTER, LOOKUP | 1);
  stub(LOOKUP, LOOKUP_BREAK);
  names.forEach((_, i) => stub(FUNCTIONS + 4 * i, FIRST_FUNCTION_BREAK + i));
  mcu.bootrom.set(new Uint32Array(rom.buffer));

  mcu.onBreak = (number) => {
    if (number === LOOKUP_BREAK) {
      const code = String.fromCharCode(registers[1] & 0xff, (registers[1] >> 8) & 0xff);
      const i = names.indexOf(code);
      if (i < 0) throw new Error(`the firmware asks for the boot ROM's ${code}, which is not here`);
      registers[0] = (FUNCTIONS + 4 * i) | 1;
      return;
    }
    const name = names[number - FIRST_FUNCTION_BREAK];
    if (name && mcu.core.PC < 0x1000) functions[name]();
    else onFault();
  };
  answerUniqueId(mcu.peripherals[0x18000], uid);
}

/** The flash's own answer to "read unique id", which firmware asks for over the serial interface. */
function answerUniqueId(ssi, uid) {
  const read = ssi.readUint32.bind(ssi), write = ssi.writeUint32.bind(ssi);
  let reply = [];
  ssi.writeUint32 = (offset, value) => {
    if (offset === SSI_DATA && (value & 0xff) === READ_UNIQUE_ID) {
      reply = [...new Array(UNIQUE_ID_DUMMY_BYTES).fill(0), ...uid];
    } else write(offset, value);
  };
  ssi.readUint32 = (offset) => (offset === SSI_DATA && reply.length ? reply.shift() : read(offset));
}
