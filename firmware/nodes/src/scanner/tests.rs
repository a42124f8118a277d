use std::vec::Vec;

use super::*;

#[derive(Default)]
struct Said(Vec<EventBody>);

impl Events for Said {
    fn push(&mut self, _: Instant, body: EventBody) -> EventId {
        self.0.push(body);
        EventId(self.0.len() as u32)
    }
}

struct Bench {
    scanner: Scanner,
    said: Said,
    now: u64,
}

impl Bench {
    fn new(connected: bool) -> Self {
        let mut scanner = Scanner::new();
        scanner.connected(Instant(0), connected);
        Self {
            scanner,
            said: Said::default(),
            now: 0,
        }
    }

    fn scan(&mut self, line: &[u8]) {
        self.scanner.bytes(Instant(self.now), line, &mut self.said);
    }

    fn wait(&mut self, micros: u64) {
        self.now += micros;
        self.scanner.poll(Instant(self.now), &mut self.said);
    }

    fn verdict(&mut self, event: u32, verdict: Verdict) {
        let command = Command::Verdict {
            event: EventId(event),
            verdict,
        };
        assert_eq!(
            self.scanner.command(Instant(self.now), &command, &mut self.said),
            Ok(())
        );
    }

    fn pull(&mut self) {
        self.scanner.trigger();
        assert_eq!(self.scanner.to_module(Instant(self.now)), Some(TRIGGER));
        assert_eq!(self.scanner.to_module(Instant(self.now)), None, "once");
    }

    fn last(&self) -> Option<(u32, Verdict)> {
        self.scanner.last().map(|(event, verdict)| (event.0, verdict))
    }
}

#[test]
fn a_verdict_in_time_is_the_only_one_shown() {
    let mut bench = Bench::new(true);
    bench.scan(b"A-01-02-03\r");
    bench.wait(millis(20));
    assert_eq!(bench.last(), None);
    bench.verdict(1, Verdict::Right);
    bench.wait(STALE);
    assert_eq!(bench.last(), Some((1, Verdict::Right)));
}

#[test]
fn without_an_answer_it_is_stored_and_a_late_verdict_still_counts_for_a_while() {
    let mut bench = Bench::new(true);
    bench.scan(b"1\r");
    bench.wait(STORED_AFTER - 1);
    assert_eq!(bench.last(), None);
    bench.wait(1);
    assert_eq!(bench.last(), Some((1, Verdict::Stored)));
    bench.verdict(1, Verdict::Wrong);
    assert_eq!(bench.last(), Some((1, Verdict::Wrong)));
    bench.scan(b"2\r");
    bench.wait(STORED_AFTER);
    bench.wait(STALE);
    bench.verdict(2, Verdict::Right);
    assert_eq!(bench.last(), Some((2, Verdict::Stored)));
}

#[test]
fn out_of_reach_a_scan_is_stored_at_once_and_sounds_once() {
    let mut bench = Bench::new(false);
    bench.scan(b"1\r");
    assert_eq!(bench.last(), Some((1, Verdict::Stored)));
    assert_ne!(bench.scanner.tone(Instant(bench.now)), Tone::SILENCE);
    bench.wait(millis(100));
    bench.verdict(1, Verdict::Stored);
    assert_eq!(bench.scanner.tone(Instant(bench.now)), Tone::SILENCE);
    bench.scanner.connected(Instant(bench.now), true);
    let online = Command::Online(false);
    assert_eq!(
        bench.scanner.command(Instant(bench.now), &online, &mut bench.said),
        Ok(())
    );
    bench.scan(b"2\r");
    assert_eq!(bench.last(), Some((2, Verdict::Stored)));
}

#[test]
fn amber_glows_until_somebody_is_there() {
    let mut bench = Bench::new(false);
    assert_ne!(bench.scanner.lamp(Instant(0)), Rgb::OFF);
    bench.scanner.connected(Instant(0), true);
    assert_eq!(bench.scanner.lamp(Instant(0)), Rgb::OFF);
}

#[test]
fn many_scans_at_once_are_all_said_and_each_verdict_finds_its_own() {
    let mut bench = Bench::new(true);
    for code in 0..20_u8 {
        bench.scan(&[b'a' + code, b'\r']);
    }
    assert_eq!(bench.said.0.len(), 20);
    bench.verdict(20, Verdict::Right);
    bench.verdict(19, Verdict::Wrong);
    assert_eq!(bench.last(), Some((19, Verdict::Wrong)));
    bench.verdict(3, Verdict::Right);
    assert_eq!(bench.last(), Some((19, Verdict::Wrong)), "nobody waits for it any more");
}

#[test]
fn what_can_not_be_said_whole_sounds_wrong_and_is_reported() {
    let mut bench = Bench::new(true);
    bench.scan(&[b'7'; 300]);
    bench.scan(b"\r");
    assert_eq!(
        bench.said.0,
        [EventBody::Fault {
            fault: Fault::Decoder,
            position: None
        }]
    );
    assert_eq!(bench.scanner.signal.lamp(Instant(bench.now)), Colour::Wrong);
}

fn decoder_faults(said: &Said) -> usize {
    let fault = EventBody::Fault {
        fault: Fault::Decoder,
        position: None,
    };
    said.0.iter().filter(|body| **body == fault).count()
}

#[test]
fn a_module_that_does_not_answer_its_trigger_is_told() {
    let mut bench = Bench::new(true);
    bench.pull();
    assert_eq!(bench.scanner.wake_at(Instant(bench.now)), Some(Instant(ANSWER)));
    bench.wait(ANSWER - 1);
    assert_eq!(decoder_faults(&bench.said), 0);
    bench.wait(1);
    assert_eq!(decoder_faults(&bench.said), 1);
    assert_eq!(bench.scanner.tone(Instant(bench.now)).hz, 440);
    bench.wait(10 * ANSWER);
    assert_eq!(decoder_faults(&bench.said), 1);
    // Its bare answer is enough: there may be no code before it.
    bench.pull();
    bench.scan(b"\x02\0\0\x01\x0031");
    bench.wait(10 * ANSWER);
    assert_eq!(decoder_faults(&bench.said), 1);
}

#[test]
fn a_code_or_a_tone_under_way_is_no_moment_to_stand_still() {
    let mut bench = Bench::new(true);
    assert!(!bench.scanner.busy(Instant(bench.now)));
    bench.scan(b"69012345");
    assert!(bench.scanner.busy(Instant(bench.now)));
    bench.scan(b"67892\r");
    assert!(!bench.scanner.busy(Instant(bench.now)));
    bench.verdict(1, Verdict::Right);
    assert!(bench.scanner.busy(Instant(bench.now)));
    bench.wait(millis(100));
    assert!(!bench.scanner.busy(Instant(bench.now)));
}

#[test]
fn h14_a_pull_waits_for_the_module_s_set_up_and_a_module_that_was_silent_is_set_up_anew() {
    let mut bench = Bench::new(true);
    bench.scanner = Scanner::new().with_module();
    bench.scanner.trigger();
    assert!(bench.scanner.busy(Instant(bench.now)));
    let mut asked = 0;
    // Nobody answers: it is asked in vain, told once, and then pulled.
    let fired = loop {
        match bench.scanner.to_module(Instant(bench.now)) {
            Some(TRIGGER) => break bench.now,
            Some(_) => asked += 1,
            None => {}
        }
        bench.wait(setup::ANSWER);
    };
    assert_eq!((asked, decoder_faults(&bench.said)), (setup::TRIES, 1));
    assert_eq!(fired, u64::from(setup::TRIES) * setup::ANSWER);
    bench.wait(ANSWER);
    assert_eq!(decoder_faults(&bench.said), 2);
    assert_ne!(bench.scanner.to_module(Instant(bench.now)), None, "it is set up anew");
}
