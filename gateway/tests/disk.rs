//! The outbox on a disk that is full, that can't be read, or that gives back something else than was written.

#![allow(clippy::unwrap_used)]

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet},
    fs, io,
    os::unix::fs::{FileExt, symlink},
    path::Path,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
    time::{Duration, Instant},
};

use gateway::outbox::{
    Seq,
    log::Log,
    record::Record,
    waiting::Waiting,
    writer::{Ask, RETRY, Readings, Report, Store, Writer},
};
use uplink::{DeviceEvent, DeviceId, EventBody, EventKey};

fn event(number: u64) -> DeviceEvent {
    let key = EventKey {
        device: DeviceId(format!("{number:016x}")),
        boot: 1,
        event: number as u32,
    };
    let body = EventBody::Scan {
        aim: None,
        code: format!("code {number}"),
    };
    DeviceEvent {
        key,
        at: 0,
        age: None,
        moment: None,
        body,
    }
}

fn record(seq: Seq) -> Record {
    Record::Event(seq, event(seq))
}

/// A disk that can be told to fail.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    full: bool,
    unreadable: bool,
    spoiled: BTreeSet<Seq>,
    tries: usize,
    /// Longest group it was asked to write.
    longest: usize,
    events: BTreeMap<Seq, DeviceEvent>,
    answered: Vec<Seq>,
}

impl Store for Disk {
    fn append<R: Borrow<Record>>(&mut self, records: &[R]) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.tries += 1;
        state.longest = state.longest.max(records.len());
        if state.full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        for record in records {
            match record.borrow() {
                Record::Event(seq, event) => _ = state.events.insert(*seq, event.clone()),
                Record::Answered(seq) => state.answered.push(*seq),
                Record::Printed(_) => {}
            }
        }
        Ok(())
    }

    fn read(&self, seqs: &BTreeSet<Seq>) -> Readings {
        let state = self.0.lock().unwrap();
        let mut readings = Readings::default();
        if state.unreadable {
            readings.error = Some(io::Error::other("EMFILE"));
            return readings;
        }
        for seq in seqs {
            match state.events.get(seq).filter(|_| !state.spoiled.contains(seq)) {
                Some(event) => readings.events.push((*seq, event.clone())),
                None => readings.spoiled.push(*seq),
            }
        }
        readings
    }

    fn size(&self) -> u64 {
        0
    }
}

impl Disk {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap())
    }

    fn writer(&self) -> (Writer, Receiver<Report>) {
        let (reports, inbox) = channel();
        let writer = Writer::start(self.clone(), move |report| _ = reports.send(report)).unwrap();
        (writer, inbox)
    }
}

fn next(inbox: &Receiver<Report>) -> Report {
    inbox.recv_timeout(Duration::from_secs(20)).unwrap()
}

#[test]
fn a_full_disk_is_tried_by_time_alone_and_what_was_answered_meanwhile_is_not_written() {
    let disk = Disk::default();
    disk.with(|state| state.full = true);
    let (mut writer, inbox) = disk.writer();
    writer.ask(Ask::Write(record(1)));
    assert!(matches!(next(&inbox), Report::Failing(_)));
    // A WMS that is there answers everything: the disk is not needed for it, and gets none of it.
    let begin = Instant::now();
    for seq in 2..=20_000 {
        writer.ask(Ask::Write(record(seq)));
        writer.ask(Ask::Write(Record::Answered(seq)));
        if seq % 5_000 == 0 {
            std::thread::sleep(RETRY / 4);
        }
    }
    let tries = disk.with(|state| state.tries);
    let most = 2 + begin.elapsed().as_millis() / RETRY.as_millis();
    assert!(tries as u128 <= most, "{tries} tries in {:?}", begin.elapsed());
    writer.ask(Ask::Write(record(20_001)));
    disk.with(|state| state.full = false);
    assert!(matches!(next(&inbox), Report::Recovered));
    let Report::Stored(stored) = next(&inbox) else { panic!() };
    assert_eq!(stored, [1, 20_001]);
    writer.close();
    disk.with(|state| assert!(state.longest <= 3 && state.answered.is_empty()));
}

#[test]
fn a_full_disk_is_tried_although_nothing_waits() {
    let disk = Disk::default();
    disk.with(|state| state.full = true);
    let (writer, inbox) = disk.writer();
    writer.ask(Ask::Write(Record::Answered(1)));
    assert!(matches!(next(&inbox), Report::Failing(_)));
    disk.with(|state| state.full = false);
    assert!(matches!(next(&inbox), Report::Recovered));
}

#[test]
fn what_a_failed_write_may_have_left_is_taken_back_by_its_answer() {
    let mut waiting = Waiting::default();
    waiting.push(record(1));
    waiting.failed(waiting.first(512).len());
    waiting.push(record(2));
    waiting.push(Record::Answered(1));
    waiting.push(Record::Answered(2));
    assert_eq!(waiting.first(512), [&record(1), &Record::Answered(1)]);
    assert_eq!(waiting.written(2), [1]);
    assert!(waiting.is_empty());
}

#[test]
fn reading_that_failed_is_done_again_and_a_spoiled_event_stops_no_other() {
    let disk = Disk::default();
    let (writer, inbox) = disk.writer();
    (1..=3).for_each(|seq| writer.ask(Ask::Write(record(seq))));
    let mut stored = 0;
    while stored < 3 {
        let Report::Stored(seqs) = next(&inbox) else { panic!() };
        stored += seqs.len();
    }
    disk.with(|state| {
        state.unreadable = true;
        state.spoiled.insert(2);
    });
    writer.ask(Ask::Fetch(vec![1, 2, 3]));
    assert!(matches!(next(&inbox), Report::Failing(_)));
    disk.with(|state| state.unreadable = false);
    // Nobody has to ask again.
    let Report::Fetched(events) = next(&inbox) else {
        panic!()
    };
    assert_eq!(events, [(1, event(1)), (3, event(3))]);
    let Report::Spoiled(seqs) = next(&inbox) else { panic!() };
    assert_eq!(seqs, [2]);
    assert!(matches!(next(&inbox), Report::Recovered));
}

fn logs(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[test]
fn a_segment_that_could_not_be_begun_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    // Each record fills a segment.
    let mut log = Log::open(folder.path(), 17).unwrap().log;
    log.append(&[record(1)]).unwrap();
    let next = folder.path().join("00000002.log");
    for _ in 0..5 {
        symlink("/dev/full", &next).unwrap();
        let error = log.append(&[record(2)]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!(logs(folder.path()), 1);
    }
    log.append(&[record(2)]).unwrap();
    drop(log);
    let opened = Log::open(folder.path(), 17).unwrap();
    assert_eq!(opened.pending.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn one_spoiled_record_is_told_apart_from_those_around_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = Log::open(folder.path(), 10_000).unwrap().log;
    log.append(&[record(1), record(2), record(3)]).unwrap();
    let path = folder.path().join("00000001.log");
    let bytes = fs::read(&path).unwrap();
    // Another digit: still good JSON, and another code.
    let at = bytes.windows(6).position(|part| part == b"code 2").unwrap() + 5;
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.write_all_at(b"7", at as u64).unwrap();
    let readings = log.read(&(1..=4).collect());
    assert_eq!(readings.events, [(1, event(1)), (3, event(3))]);
    assert_eq!(readings.spoiled, [2, 4]);
    assert!(readings.error.is_none());
}

#[test]
fn a_few_old_events_do_not_keep_all_that_came_after_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = Log::open(folder.path(), 4_000).unwrap().log;
    log.append(&[record(1), record(2)]).unwrap();
    for seq in 3..=2_000 {
        log.append(&[record(seq)]).unwrap();
        log.append(&[Record::Answered(seq)]).unwrap();
    }
    assert!(log.size() < 6 * 4_000, "{} bytes for two events", log.size());
    drop(log);
    let opened = Log::open(folder.path(), 4_000).unwrap();
    assert_eq!(opened.pending, [(1, event(1).key), (2, event(2).key)]);
    let back = opened.log.read(&[1, 2].into());
    assert_eq!(back.events, [(1, event(1)), (2, event(2))]);
}
