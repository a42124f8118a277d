//! What the chip still knows of its last run: why it was reset, and the words of a panic.
//!
//! A panic writes its words into RAM that no start clears, and resets the chip at once; a fault of the processor likewise.

use core::fmt::{self, Write};
use core::mem::MaybeUninit;
use core::panic::PanicInfo;

use embassy_rp::pac;
use heapless::String;
use link::message::ResetReason;

/// Bytes of a panic's words that are kept: what the first event of the next run can carry.
pub const WORDS: usize = 96;

/// Why this program itself reset the chip, in the watchdog's first scratch register, which survives that.
#[derive(Clone, Copy)]
enum Intent {
    Panic = 0x5041_4e43,
    Restart = 0x5245_5354,
}

/// A panic's words. RAM holds anything at power-on; the registers say whether this was written.
#[derive(Clone, Copy)]
struct Kept {
    length: usize,
    words: [u8; WORDS],
}

#[allow(
    unsafe_code,
    reason = "the only way to place a static outside of what is cleared at start"
)]
#[unsafe(link_section = ".uninit.kept")]
static mut KEPT: MaybeUninit<Kept> = MaybeUninit::uninit();

impl Write for Kept {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let mut bytes = [0; 4];
            let bytes = character.encode_utf8(&mut bytes).as_bytes();
            let room = self
                .words
                .get_mut(self.length..self.length + bytes.len())
                .ok_or(fmt::Error)?;
            room.copy_from_slice(bytes);
            self.length += bytes.len();
        }
        Ok(())
    }
}

/// The reason for this start, and the words where it was a panic. To be asked once, before the watchdog is started.
pub fn last_run() -> (ResetReason, String<WORDS>) {
    let intent = pac::WATCHDOG.scratch0().read();
    pac::WATCHDOG.scratch0().write(|word| *word = 0);
    let cause = pac::WATCHDOG.reason().read();
    let chip = pac::VREG_AND_CHIP_RESET.chip_reset().read();
    let reason = if cause.force() && intent == Intent::Panic as u32 {
        return (ResetReason::Panic, words());
    } else if cause.force() && intent == Intent::Restart as u32 {
        ResetReason::Commanded
    } else if cause.timer() {
        ResetReason::Watchdog
    } else if chip.had_por() {
        ResetReason::PowerOn
    } else if chip.had_run() || chip.had_psm_restart() {
        ResetReason::Pin
    } else {
        ResetReason::Unknown
    };
    (reason, String::new())
}

fn words() -> String<WORDS> {
    #[allow(unsafe_code, reason = "see SAFETY")]
    // SAFETY: called once at start, before anything that could panic writes to it. The scratch register said that the last
    // run wrote it whole; and any bits are a value of this type, which holds integers alone.
    let kept = unsafe { (&raw const KEPT).read().assume_init() };
    let bytes = kept.words.get(..kept.length.min(WORDS)).unwrap_or_default();
    core::str::from_utf8(bytes)
        .ok()
        .and_then(|words| String::try_from(words).ok())
        .unwrap_or_default()
}

/// Starts the chip again because its master wants it.
pub fn restart() -> ! {
    reset(Intent::Restart)
}

/// Starts the chip again because its USB port is wedged, and says so in the next run's first event.
pub fn restart_wedged(unsent: usize) -> ! {
    keep(|kept| write!(kept, "USB silent since its session ended; {unsent} events lost"))
}

fn reset(intent: Intent) -> ! {
    cortex_m::interrupt::disable();
    pac::WATCHDOG.scratch0().write(|word| *word = intent as u32);
    // All but the two oscillators.
    pac::PSM.wdsel().write_value(pac::psm::regs::Wdsel(0x0001_fffc));
    pac::WATCHDOG.ctrl().write(|w| w.set_trigger(true));
    loop {
        cortex_m::asm::wfe();
    }
}

fn keep(write: impl FnOnce(&mut Kept) -> fmt::Result) -> ! {
    cortex_m::interrupt::disable();
    let mut kept = Kept {
        length: 0,
        words: [0; WORDS],
    };
    // What is too long is cut.
    let _ = write(&mut kept);
    #[allow(unsafe_code, reason = "see SAFETY")]
    // SAFETY: interrupts are off, one core runs, and this does not return: nobody else touches it.
    unsafe {
        (&raw mut KEPT).write(MaybeUninit::new(kept));
    }
    reset(Intent::Panic)
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    keep(|kept| {
        if let Some(place) = info.location() {
            // The file's name; its folders would leave no room for the words.
            let file = place.file().rsplit('/').next().unwrap_or_default();
            write!(kept, "{file}:{} ", place.line())?;
        }
        write!(kept, "{}", info.message())
    })
}

#[allow(
    unsafe_code,
    reason = "cortex-m-rt asks for it: nothing may be assumed of the program's state"
)]
// SAFETY: it reads the frame it is given, writes what only it and the panic handler write, and does not return.
#[cortex_m_rt::exception]
unsafe fn HardFault(frame: &cortex_m_rt::ExceptionFrame) -> ! {
    keep(|kept| write!(kept, "hard fault at {:#010x}", frame.pc()))
}
