//! A printer's labels, in the order in which they were wished. Pure.
//!
//! The driver is given one after the other, and none is forgotten before it is on paper: a printer that is switched off to
//! change the roll loses what it had taken, and is given it again when it is back.

use std::collections::VecDeque;

use crc::{CRC_32_ISO_HDLC, Crc};
use uplink::{Desire, DesireBody, Stage};

use crate::outbox::record::Printed;

const CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
/// Labels that wait for a printer, at most; a label is some 40 KB here.
const WAITING: usize = 128;
/// Labels taken and not told of as printed, at most: a printer holds one, and one that tells nothing must not fill memory.
const TAKEN: usize = 16;
/// Finished print jobs remembered, so that a repeated desire prints nothing.
const FINISHED: usize = 256;
/// How often a printer may start again over the same label before the label is given up.
const TRIES: u8 = 3;

#[derive(Debug)]
struct Label {
    desire: Desire,
    /// How often a printer has taken it and started again.
    tries: u8,
}

/// What came of wishing for a label.
#[derive(Debug, PartialEq, Eq)]
pub enum Wished {
    /// It has its turn when those before it are taken.
    Waits,
    /// The driver has it already, and is to hear its new number.
    Again,
    /// It has been taken or printed before.
    Done,
    /// There is no room. It is not refused: the WMS wishes it anew with the next session.
    NoRoom,
}

/// A printer's labels.
#[derive(Debug, Default)]
pub struct Labels {
    waiting: VecDeque<Label>,
    /// The driver has the first of those that wait.
    given: bool,
    taken: VecDeque<Label>,
    /// The boot that took them.
    boot: u32,
    /// Jobs and checksums of their pictures.
    finished: VecDeque<(u32, u32)>,
}

impl Labels {
    /// A label is wished.
    pub fn desire(&mut self, desire: Desire) -> Wished {
        let (job, picture) = (job(&desire), picture(&desire));
        let same = |label: &Label| self::job(&label.desire) == job && self::picture(&label.desire) == picture;
        if self.finished.contains(&(job, picture)) || self.taken.iter().any(same) {
            return Wished::Done;
        }
        let known = self
            .waiting
            .iter_mut()
            .position(|label| self::job(&label.desire) == job);
        if let Some(at) = known {
            self.waiting[at].desire = desire;
            return if at == 0 && self.given {
                Wished::Again
            } else {
                Wished::Waits
            };
        }
        if self.waiting.len() >= WAITING {
            return Wished::NoRoom;
        }
        self.waiting.push_back(Label { desire, tries: 0 });
        Wished::Waits
    }

    /// The label whose turn it is at the driver, once.
    pub fn next(&mut self) -> Option<Desire> {
        if self.given {
            return None;
        }
        let label = self.waiting.front()?;
        self.given = true;
        Some(label.desire.clone())
    }

    /// A desire has come so far.
    pub fn progress(&mut self, number: u64, stage: &Stage) {
        if *stage == Stage::OnWire {
            return;
        }
        let Some(at) = self.waiting.iter().position(|label| label.desire.number == number) else {
            return;
        };
        self.given &= at != 0;
        if let Some(label) = self.waiting.remove(at).filter(|_| *stage == Stage::Taken) {
            if self.taken.len() == TAKEN {
                self.taken.pop_front();
            }
            self.taken.push_back(label);
        }
    }

    /// A label is on paper.
    pub fn printed(&mut self, job: u32) -> Option<Printed> {
        let of_job = |label: &Label| self::job(&label.desire) == job;
        let label = if let Some(at) = self.taken.iter().position(of_job) {
            self.taken.remove(at)?
        } else {
            // The answer to its last row has not come yet.
            let at = self.waiting.iter().position(of_job)?;
            self.given &= at != 0;
            self.waiting.remove(at)?
        };
        let printed = Printed {
            device: label.desire.device.clone(),
            job,
            picture: picture(&label.desire),
        };
        self.remember(&printed);
        Some(printed)
    }

    /// This is on paper, now or before the gateway's start.
    pub fn remember(&mut self, printed: &Printed) {
        if self.finished.len() == FINISHED {
            self.finished.pop_front();
        }
        self.finished.push_back((printed.job, printed.picture));
    }

    /// The printer is back, in this boot. Gives the labels over which it has started again too often.
    pub fn up(&mut self, boot: u32) -> Vec<Desire> {
        self.given = false;
        let mut given_up = Vec::new();
        if self.boot != boot {
            self.boot = boot;
            // What another boot had taken is gone with it; it comes before those that it had not.
            while let Some(mut label) = self.taken.pop_back() {
                label.tries += 1;
                if label.tries < TRIES {
                    self.waiting.push_front(label);
                } else {
                    given_up.push(label.desire);
                }
            }
        }
        given_up
    }
}

/// A label's picture, by which two that carry the same job's number are told apart.
fn picture(desire: &Desire) -> u32 {
    match &desire.body {
        DesireBody::Print { raster, .. } => CRC32.checksum(raster.as_bytes()),
        _ => 0,
    }
}

fn job(desire: &Desire) -> u32 {
    match desire.body {
        DesireBody::Print { job, .. } => job,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use uplink::DeviceId;

    use super::*;

    fn label(number: u64, job: u32) -> Desire {
        let body = DesireBody::Print {
            job,
            width: 8,
            height: 1,
            raster: format!("{:02x}", job as u8),
        };
        Desire {
            device: DeviceId("00000000000000c1".into()),
            number,
            body,
        }
    }

    fn take(labels: &mut Labels) -> u32 {
        let desire = labels.next().expect("a label's turn");
        assert_eq!(labels.next(), None, "one at a time");
        labels.progress(desire.number, &Stage::Taken);
        job(&desire)
    }

    #[test]
    fn all_have_their_turn_in_order_and_each_once() {
        let mut labels = Labels::default();
        labels.up(1);
        for number in 1..=WAITING as u32 {
            assert_eq!(labels.desire(label(number.into(), number)), Wished::Waits);
        }
        assert_eq!(labels.desire(label(999, 999)), Wished::NoRoom);
        for number in 1..=WAITING as u32 {
            assert_eq!(take(&mut labels), number);
            assert_eq!(labels.desire(label(1_000, number)), Wished::Done, "taken");
            assert!(labels.printed(number).is_some());
            assert_eq!(labels.desire(label(1_001, number)), Wished::Done, "printed");
        }
        assert_eq!(labels.next(), None);
    }

    #[test]
    fn what_a_printer_took_and_did_not_print_comes_again_to_its_next_boot() {
        let mut labels = Labels::default();
        labels.up(1);
        for number in 1..=3 {
            labels.desire(label(number.into(), number));
        }
        assert_eq!((take(&mut labels), take(&mut labels)), (1, 2));
        labels.printed(1);
        // Another cable, the same boot: the printer still has it.
        assert!(labels.up(1).is_empty());
        assert_eq!(job(&labels.next().unwrap()), 3);
        assert!(labels.up(2).is_empty());
        assert_eq!((take(&mut labels), take(&mut labels)), (2, 3));
    }

    #[test]
    fn a_label_that_fells_its_printer_is_given_up() {
        let mut labels = Labels::default();
        labels.up(0);
        labels.desire(label(5, 7));
        for boot in 1..u32::from(TRIES) {
            assert_eq!(take(&mut labels), 7);
            assert!(labels.up(boot).is_empty());
        }
        assert_eq!(take(&mut labels), 7);
        assert_eq!(labels.up(99), [label(5, 7)]);
        assert_eq!(labels.next(), None);
    }
}
