// The host's end of a USB CDC-ACM port: enumerates the chip, opens its port and moves bytes both ways. Three mends to
// rp2040js 1.4.1: it hands an out packet to the firmware even when it has none, clears a buffer's "available" bit too
// early, and tells the device instead of the interface that the port is open.
import { DataDirection, SetupRecipient, SetupType, USBCDC, createSetupPacket } from 'rp2040js';

const EP0_OUT_BUFFER_CONTROL = 0x84, AVAILABLE = 1 << 10, PACKET = 64;
const CONFIGURATION = 2; // a descriptor's type
const SET_CONTROL_LINE_STATE = 0x22, DTR_AND_RTS = 3;

export class UsbSerial {
  /** Bytes from the chip. */
  onBytes = () => {};
  /** Whether the chip has been enumerated and its port opened. */
  connected = false;

  /** mA that the chip's configuration asks for. */
  milliamperes = null;
  /** The port no longer answers, in either direction, as a controller that met an error on a busy hub. */
  wedged = false;

  #usb;
  #cdc;
  #queue = [];
  #armed = null;

  constructor(mcu) {
    this.#usb = mcu.usbCtrl;
    this.#cdc = new USBCDC(this.#usb);
    this.#cdc.onSerialData = (bytes) => {
      if (!this.wedged) this.onBytes(bytes);
    };
    const written = this.#usb.onEndpointWrite;
    this.#usb.onEndpointWrite = (endpoint, bytes) => {
      const [length, type] = bytes;
      if (endpoint === 0 && length === 9 && type === CONFIGURATION) this.milliamperes = 2 * bytes[8];
      written(endpoint, bytes);
    };
    this.#cdc.onDeviceConnected = () => { this.connected = true; };
    this.#cdc.cdcSetControlLineState = () => {
      this.#cdc.initialized = true;
      this.#usb.sendSetupPacket(createSetupPacket({
        dataDirection: DataDirection.HostToDevice,
        type: SetupType.Class,
        recipient: SetupRecipient.Interface,
        bRequest: SET_CONTROL_LINE_STATE,
        wValue: DTR_AND_RTS,
        wIndex: 0,
        wLength: 0,
      }));
    };
    const available = (endpoint, set) => {
      const register = EP0_OUT_BUFFER_CONTROL + 8 * endpoint;
      const value = mcu.usbDPRAMView.getUint32(register, true);
      mcu.usbDPRAMView.setUint32(register, set ? value | AVAILABLE : value & ~AVAILABLE, true);
    };
    this.#usb.onEndpointRead = (endpoint, size) => {
      if (endpoint !== this.#cdc.outEndpoint) return;
      available(endpoint, true);
      this.#armed = size;
      this.#pump();
    };
    const finishRead = this.#usb.finishRead.bind(this.#usb);
    this.#usb.finishRead = (endpoint, bytes) => {
      available(endpoint, false);
      finishRead(endpoint, bytes);
    };
  }

  /** Bytes to the chip. */
  send(bytes) {
    this.#queue.push(...bytes);
    this.#pump();
  }

  #pump() {
    if (this.wedged || this.#armed === null || !this.#queue.length) return;
    const packet = Uint8Array.from(this.#queue.splice(0, Math.min(this.#armed, PACKET)));
    this.#armed = null;
    this.#usb.endpointReadDone(this.#cdc.outEndpoint, packet);
  }
}
