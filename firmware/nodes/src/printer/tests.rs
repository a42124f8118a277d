use std::vec::Vec;

use link::message::EventId;

use super::*;

const NOW: Instant = Instant(0);
/// Rows of a label and of the gap after it, on the test's paper.
const LABEL: u32 = 100;
const GAP: u32 = 20;

#[derive(Default)]
struct Said(Vec<EventBody>);

impl Events for Said {
    fn push(&mut self, _: Instant, body: EventBody) -> EventId {
        self.0.push(body);
        EventId(self.0.len() as u32)
    }
}

struct Bench {
    printer: Printer<Vec<u8>>,
    said: Said,
    /// Rows the paper has moved.
    moved: u32,
    /// Rows from the sensor on to the head.
    ahead: u32,
    out: bool,
    closed: bool,
    celsius: i8,
    /// (row on paper, first byte of its dots)
    burnt: Vec<(u32, u8)>,
}

impl Bench {
    fn new() -> Self {
        let mut bench = Self {
            printer: Printer::new(std::vec![0; ROOM]),
            said: Said::default(),
            moved: 60,
            ahead: 0,
            out: false,
            closed: true,
            celsius: 25,
            burnt: Vec::new(),
        };
        bench.sense();
        bench.said.0.clear();
        bench
    }

    fn sense(&mut self) {
        let paper = match (self.moved + self.ahead) % (LABEL + GAP) {
            _ if self.out => Paper::Out,
            place if place < LABEL => Paper::Label,
            _ => Paper::Gap,
        };
        let sensors = Sensors {
            paper,
            closed: self.closed,
            celsius: self.celsius,
        };
        self.printer.sense(NOW, sensors, &mut self.said);
    }

    /// Carries acts out, at most so many; gives how many there were before rest.
    fn work(&mut self, most: usize) -> usize {
        for done in 0..most {
            self.sense();
            match self.printer.next(NOW, &mut self.said) {
                Act::Rest => return done,
                Act::Feed => {}
                Act::Burn { dots, .. } => self.burnt.push((self.moved, dots[0])),
            }
            self.moved += 1;
        }
        most
    }

    fn say(&mut self, command: Command) -> Result<(), Refusal> {
        self.printer.command(NOW, &command, &mut self.said)
    }

    /// A label of four rows, each a byte.
    fn send(&mut self, job: u32) -> Result<(), Refusal> {
        self.say(Command::PrintStart {
            job,
            row_bytes: 1,
            rows: 4,
        })?;
        let data = heapless::Vec::from_slice(&[3, 1, 2, 3, 4]).unwrap();
        self.say(Command::PrintRows { job, first: 0, data })?;
        let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&[1, 2, 3, 4]);
        self.say(Command::PrintEnd { job, crc })
    }

    fn outcomes(&self) -> Vec<(u32, PrintOutcome)> {
        let printed = |body: &EventBody| match body {
            EventBody::Printed { job, outcome } => Some((*job, *outcome)),
            _ => None,
        };
        self.said.0.iter().filter_map(printed).collect()
    }
}

#[test]
fn a_label_begins_at_its_edge_and_the_next_one_at_the_next() {
    let mut bench = Bench::new();
    assert_eq!(bench.send(1), Ok(()));
    assert_eq!(bench.send(2), Err(Refusal::Busy));
    bench.work(10_000);
    assert_eq!(bench.burnt, [(120, 1), (121, 2), (122, 3), (123, 4)]);
    assert_eq!(
        (bench.moved, bench.outcomes()),
        (240, std::vec![(1, PrintOutcome::Done)])
    );
    assert_eq!(bench.send(2), Ok(()));
    bench.work(10_000);
    assert_eq!(bench.burnt[4], (240, 1));
    assert_eq!(bench.outcomes()[1..], [(2, PrintOutcome::Done)]);
}

#[test]
fn a_label_that_was_stopped_is_printed_anew_whole() {
    let mut bench = Bench::new();
    assert_eq!(bench.send(7), Ok(()));
    // To the edge (60 rows), and two rows of the label.
    assert_eq!(bench.work(62), 62);
    bench.closed = false;
    assert_eq!(bench.work(100), 0);
    bench.closed = true;
    bench.work(10_000);
    assert_eq!(
        bench.burnt.iter().map(|(_, byte)| *byte).collect::<Vec<_>>(),
        [1, 2, 1, 2, 3, 4]
    );
    assert_eq!(bench.burnt[2].0, 240);
    assert_eq!(
        bench.outcomes(),
        [(7, PrintOutcome::CoverOpen), (7, PrintOutcome::Done)]
    );
}

#[test]
fn without_paper_a_label_waits_and_may_be_replaced() {
    let mut bench = Bench::new();
    bench.out = true;
    bench.sense();
    assert_eq!(bench.send(3), Ok(()));
    assert_eq!(bench.work(100), 0);
    assert_eq!(bench.send(4), Err(Refusal::Busy));
    assert_eq!(bench.send(3), Ok(()));
    bench.out = false;
    bench.work(10_000);
    assert_eq!(bench.burnt.len(), 4);
    assert_eq!(bench.outcomes().last(), Some(&(3, PrintOutcome::Done)));
}

#[test]
fn a_hot_head_waits_until_it_is_cool_and_goes_on_where_it_stopped() {
    let mut bench = Bench::new();
    assert_eq!(bench.send(1), Ok(()));
    assert_eq!(bench.work(62), 62);
    bench.celsius = TOO_HOT;
    assert_eq!(bench.work(5), 0);
    bench.celsius = COOL + 1;
    assert_eq!(bench.work(5), 0);
    bench.celsius = COOL;
    bench.work(10_000);
    assert_eq!(bench.burnt, [(120, 1), (121, 2), (122, 3), (123, 4)]);
    assert_eq!(bench.outcomes(), [(1, PrintOutcome::HeadHot), (1, PrintOutcome::Done)]);
}

#[test]
fn what_does_not_match_its_checksum_is_not_burnt() {
    let mut bench = Bench::new();
    assert_eq!(
        bench.say(Command::PrintEnd { job: 1, crc: 0 }),
        Err(Refusal::OutOfOrder)
    );
    assert_eq!(
        bench.say(Command::PrintStart {
            job: 1,
            row_bytes: 49,
            rows: 1
        }),
        Err(Refusal::OutOfRange)
    );
    assert_eq!(
        bench.say(Command::PrintStart {
            job: 1,
            row_bytes: 48,
            rows: 481
        }),
        Err(Refusal::OutOfRange)
    );
    assert_eq!(
        bench.say(Command::PrintStart {
            job: 1,
            row_bytes: 1,
            rows: 4
        }),
        Ok(())
    );
    let data = heapless::Vec::from_slice(&[0, 1]).unwrap();
    assert_eq!(
        bench.say(Command::PrintRows {
            job: 2,
            first: 0,
            data: data.clone()
        }),
        Err(Refusal::OutOfOrder)
    );
    assert_eq!(bench.say(Command::PrintRows { job: 1, first: 0, data }), Ok(()));
    assert_eq!(bench.say(Command::PrintEnd { job: 1, crc: 0 }), Err(Refusal::Damaged));
    assert_eq!(bench.work(100), 0);
    assert_eq!(bench.outcomes(), [(1, PrintOutcome::Damaged)]);
    assert_eq!(bench.send(1), Ok(()));
}

#[test]
fn paper_without_gaps_is_told_and_printed_on() {
    let mut bench = Bench::new();
    assert_eq!(bench.send(1), Ok(()));
    for _ in 0..3 * SEEK {
        let sensors = Sensors {
            paper: Paper::Label,
            closed: true,
            celsius: 25,
        };
        bench.printer.sense(NOW, sensors, &mut bench.said);
        if let Act::Burn { dots, .. } = bench.printer.next(NOW, &mut bench.said) {
            bench.burnt.push((0, dots[0]));
        }
    }
    assert_eq!(bench.burnt.len(), 4);
    assert_eq!(bench.outcomes(), [(1, PrintOutcome::Done)]);
    assert!(bench.said.0.contains(&EventBody::Fault {
        fault: Fault::LabelGap,
        position: None
    }));
}

#[test]
fn a_label_that_finds_the_head_hot_says_that_it_waits() {
    let mut bench = Bench::new();
    bench.celsius = TOO_HOT;
    bench.sense();
    assert_eq!(bench.send(1), Ok(()));
    // The paper may move, nothing is burnt.
    bench.work(100);
    assert_eq!(bench.burnt, []);
    bench.celsius = COOL;
    bench.work(10_000);
    assert_eq!(bench.outcomes(), [(1, PrintOutcome::HeadHot), (1, PrintOutcome::Done)]);
}

#[test]
fn a_label_asked_for_again_is_told_as_printed_and_not_printed_twice() {
    let mut bench = Bench::new();
    assert_eq!(bench.send(1), Ok(()));
    bench.work(10_000);
    assert_eq!(bench.send(1), Ok(()));
    assert_eq!(bench.work(10_000), 0);
    assert_eq!(bench.burnt.len(), 4);
    assert_eq!(bench.outcomes(), [(1, PrintOutcome::Done), (1, PrintOutcome::Done)]);
    // The same dots under another number are another label.
    assert_eq!(bench.send(2), Ok(()));
    bench.work(10_000);
    assert_eq!(bench.burnt.len(), 8);
}

#[test]
fn wherever_the_sensor_sits_each_label_begins_at_its_edge() {
    for ahead in [0, 1, GAP, 40, LABEL - 1] {
        let mut bench = Bench::new();
        bench.ahead = ahead;
        bench.printer = Printer::new(std::vec![0; ROOM]).with_sensor_ahead(ahead as u16);
        bench.sense();
        for job in 1..4 {
            assert_eq!(bench.send(job), Ok(()));
            bench.work(10_000);
        }
        let begins: Vec<_> = bench.burnt.iter().filter(|(_, byte)| *byte == 1).collect();
        let first = begins[0].0;
        assert_eq!(first % (LABEL + GAP), 0, "{ahead} rows ahead");
        let after: Vec<_> = begins.iter().map(|(row, _)| row - first).collect();
        assert_eq!(after, [0, LABEL + GAP, 2 * (LABEL + GAP)]);
    }
}
