//! The outbox: what it said is kept is there, whenever the power went.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, fs, path::Path};

use gateway::outbox::{
    Seq,
    log::{Log, Opened},
    record::Record,
};
use proptest::prelude::*;
use uplink::{DeviceEvent, DeviceId, EventBody, EventKey};

fn event(number: u64) -> DeviceEvent {
    let device = DeviceId(format!("{:016x}", number % 3));
    let key = EventKey {
        device,
        boot: 1,
        event: number as u32,
    };
    let body = EventBody::Scan {
        aim: None,
        code: "货".repeat(number as usize % 7),
    };
    DeviceEvent {
        key,
        at: number as i64,
        body,
    }
}

fn seqs(opened: &Opened) -> Vec<Seq> {
    opened.pending.iter().map(|(seq, _)| *seq).collect()
}

/// The newest segment: the only one that a crash can tear.
fn newest(folder: &Path) -> std::path::PathBuf {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.pop().unwrap()
}

#[derive(Clone, Debug)]
enum Step {
    Group(usize),
    Answer(usize),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (1_usize..6).prop_map(Step::Group),
        4 => any::<usize>().prop_map(Step::Answer),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any history, then the newest file is cut at any byte or spoiled there: everything that `append` had returned for
    /// before the cut is there and can be read back, nothing comes back that was answered before it, in order.
    #[test]
    fn what_was_acknowledged_survives_a_cut_anywhere(
        steps in prop::collection::vec(step(), 1..40),
        cut in 0.0..1.0_f64,
        spoil: bool,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut opened = Log::open(folder.path(), 700).unwrap();
        let mut next = opened.next;
        // For each length the newest file had after an append: what must be there then.
        let mut live: BTreeSet<Seq> = BTreeSet::new();
        let mut marks: Vec<(std::path::PathBuf, u64, BTreeSet<Seq>)> = Vec::new();
        for step in steps {
            match step {
                Step::Group(count) => {
                    let group: Vec<Record> = (next..next + count as u64).map(|seq| Record::Event(seq, event(seq))).collect();
                    opened.log.append(&group).unwrap();
                    live.extend(next..next + count as u64);
                    next += count as u64;
                }
                Step::Answer(which) => if let Some(seq) = live.iter().nth(which % live.len().max(1)).copied() {
                    opened.log.append(&[Record::Answered(seq)]).unwrap();
                    live.remove(&seq);
                }
                Step::Reopen => {
                    drop(opened);
                    opened = Log::open(folder.path(), 700).unwrap();
                    prop_assert_eq!(seqs(&opened), live.iter().copied().collect::<Vec<_>>());
                    prop_assert!(live.last().is_none_or(|last| opened.next > *last) && opened.torn.is_empty());
                    next = opened.next;
                }
            }
            let path = newest(folder.path());
            let length = fs::metadata(&path).unwrap().len();
            marks.push((path, length, live.clone()));
        }
        drop(opened);
        let path = newest(folder.path());
        let mut bytes = fs::read(&path).unwrap();
        let at = (cut * bytes.len() as f64) as usize;
        if spoil && at < bytes.len() {
            bytes[at] ^= 0x40;
        } else {
            bytes.truncate(at);
        }
        // A file spoiled within its first bytes is another's: that is told, not read over.
        let foreign = at < 16 && bytes.len() >= 16;
        fs::write(&path, &bytes).unwrap();
        let again = Log::open(folder.path(), 700);
        if foreign {
            prop_assert_eq!(again.unwrap_err().text().id(), "outbox-foreign");
            return Ok(());
        }
        let again = again.unwrap();
        let before_cut = marks.iter().rev().find(|(p, length, _)| *p != path || *length <= at as u64);
        let empty = BTreeSet::new();
        let must = before_cut.map_or(&empty, |(_, _, live)| live);
        let there: BTreeSet<Seq> = seqs(&again).into_iter().collect();
        let answered_after = must.difference(&there).all(|seq| !live.contains(seq));
        prop_assert!(answered_after, "{must:?} was kept, {there:?} is there");
        let read = again.log.read(&there);
        prop_assert_eq!((read.events.len(), read.spoiled.len()), (there.len(), 0));
        for (seq, found) in read.events {
            prop_assert_eq!(found, event(seq));
        }
    }
}

#[test]
fn answered_segments_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut opened = Log::open(folder.path(), 2_000).unwrap();
    for seq in 1..=400 {
        opened.log.append(&[Record::Event(seq, event(seq))]).unwrap();
        opened.log.append(&[Record::Answered(seq)]).unwrap();
    }
    assert!(opened.log.size() < 5_000, "{} bytes for nothing", opened.log.size());
    assert!(fs::read_dir(folder.path()).unwrap().count() <= 2);
}

#[test]
fn a_torn_tail_is_told_and_the_rest_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut opened = Log::open(folder.path(), 10_000).unwrap();
    opened
        .log
        .append(&[Record::Event(1, event(1)), Record::Event(2, event(2))])
        .unwrap();
    drop(opened);
    let path = newest(folder.path());
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 3]).unwrap();
    let opened = Log::open(folder.path(), 10_000).unwrap();
    assert_eq!(seqs(&opened), [1]);
    assert_eq!((opened.torn.len(), &opened.torn[0].path), (1, &path));
}

#[test]
fn another_programs_file_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("00000001.log"),
        "2031-02-03 something quite different\n",
    )
    .unwrap();
    let error = Log::open(folder.path(), 10_000).unwrap_err();
    assert_eq!(error.text().id(), "outbox-foreign");
}
