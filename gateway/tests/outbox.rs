//! The outbox: what it said is kept is there, whenever the power went.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use gateway::outbox::{
    Seq,
    log::{Log, Opened},
    record::{Printed, Record},
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
        age: None,
        moment: None,
        body,
    }
}

fn printed(job: u32) -> Printed {
    Printed {
        device: DeviceId("00000000000000c1".into()),
        job,
        picture: job * 7,
    }
}

fn jobs(opened: &Opened) -> Vec<u32> {
    opened.printed.iter().map(|printed| printed.job).collect()
}

/// What must be there.
#[derive(Clone, Debug, Default)]
struct Kept {
    live: BTreeSet<Seq>,
    answered: BTreeSet<Seq>,
    printed: BTreeSet<u32>,
}

/// All files of a folder and what is in them.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn seqs(opened: &Opened) -> Vec<Seq> {
    opened.pending.iter().map(|(seq, _)| *seq).collect()
}

/// The newest segment: the only one that a crash can tear.
fn newest(folder: &Path) -> PathBuf {
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
    Print(u32),
    /// The next segment can't be begun: the write that would begin it fails.
    Full,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (1_usize..6).prop_map(Step::Group),
        4 => any::<usize>().prop_map(Step::Answer),
        2 => (1_u32..50).prop_map(Step::Print),
        1 => Just(Step::Full),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any history, and the power goes within its last step: what the step wrote is cut at any byte or spoiled there, and
    /// what it would have removed after that still lies there. Everything that `append` had returned for before is there
    /// and can be read back, nothing comes back that was answered before, in order.
    #[test]
    fn what_was_acknowledged_survives_a_cut_anywhere(
        steps in prop::collection::vec(step(), 1..40),
        cut in 0.0..1.0_f64,
        spoil: bool,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut opened = Log::open(folder.path(), 700).unwrap();
        let mut next = opened.next;
        let mut kept = Kept::default();
        let mut before = (kept.clone(), files(folder.path()));
        for step in steps {
            before = (kept.clone(), files(folder.path()));
            match step {
                Step::Group(count) => {
                    let group: Vec<Record> = (next..next + count as u64).map(|seq| Record::Event(seq, event(seq))).collect();
                    opened.log.append(&group).unwrap();
                    kept.live.extend(next..next + count as u64);
                    next += count as u64;
                }
                Step::Answer(which) => if let Some(seq) = kept.live.iter().nth(which % kept.live.len().max(1)).copied() {
                    opened.log.append(&[Record::Answered(seq)]).unwrap();
                    kept.live.remove(&seq);
                    kept.answered.insert(seq);
                }
                Step::Print(job) => {
                    opened.log.append(&[Record::Printed(printed(job))]).unwrap();
                    kept.printed.insert(job);
                }
                Step::Full => {
                    let path = newest(folder.path());
                    let number: u32 = path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
                    let full = folder.path().join(format!("{:08}.log", number + 1));
                    symlink("/dev/full", &full).unwrap();
                    if opened.log.append(&[Record::Event(next, event(next))]).is_ok() {
                        kept.live.insert(next);
                        fs::remove_file(&full).unwrap();
                    }
                    prop_assert!(!full.exists(), "a failed beginning leaves nothing");
                    next += 1;
                }
                Step::Reopen => {
                    drop(opened);
                    opened = Log::open(folder.path(), 700).unwrap();
                    prop_assert_eq!(seqs(&opened), kept.live.iter().copied().collect::<Vec<_>>());
                    prop_assert!(kept.live.last().is_none_or(|last| opened.next > *last) && opened.torn.is_empty());
                    next = next.max(opened.next);
                }
            }
        }
        drop(opened);
        let (must, before) = before;
        let path = newest(folder.path());
        let mut bytes = fs::read(&path).unwrap();
        let safe = before.get(&path).map_or(0, Vec::len);
        let at = safe + (cut * (bytes.len() - safe) as f64) as usize;
        for (path, bytes) in before.iter().filter(|(path, _)| !path.exists()) {
            fs::write(path, bytes).unwrap();
        }
        if spoil && at < bytes.len() {
            bytes[at] ^= 0x40;
        } else {
            bytes.truncate(at);
        }
        // A file spoiled within its first bytes is another's: that is told, not read over.
        let foreign = spoil && at < 16;
        fs::write(&path, &bytes).unwrap();
        let again = Log::open(folder.path(), 700);
        if foreign {
            prop_assert_eq!(again.unwrap_err().text().id(), "outbox-foreign");
            return Ok(());
        }
        let again = again.unwrap();
        let there: BTreeSet<Seq> = seqs(&again).into_iter().collect();
        let answered_after = must.live.difference(&there).all(|seq| !kept.live.contains(seq));
        prop_assert!(answered_after, "{must:?} was kept, {there:?} is there");
        let back: Vec<_> = there.intersection(&must.answered).collect();
        prop_assert!(back.is_empty(), "{back:?} came back, answered as they were");
        let jobs: BTreeSet<u32> = jobs(&again).into_iter().collect();
        prop_assert!(must.printed.is_subset(&jobs), "{must:?} was kept, {jobs:?} is there");
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
