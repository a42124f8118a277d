//! Segments of records in one folder. Blocking; owned by the writer's thread.
//!
//! Every start and every failed write begins a new segment, so a torn tail is never written over and never in the
//! way. A segment goes when all events in it are answered and no older one is left: an answer's record always
//! outlives the event it speaks of. A few old events left unanswered are carried forward, so that they don't keep all
//! that came after them.

mod reading;

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use uplink::EventKey;

use super::{
    record::{self, MAGIC, Printed, Record, Seq},
    writer::{Readings, Store},
};
use crate::words::Text;

/// A segment is closed once it is this long, bytes.
pub const SEGMENT_BYTES: u64 = 4 * 1024 * 1024;
/// Segments that are left as they are, however little of them is unanswered.
const LASTING: usize = 3;
/// Labels remembered over a restart.
pub const PRINTED: usize = 512;

/// The outbox can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct OutboxError {
    text: Text,
    #[source]
    source: Option<io::Error>,
}

impl OutboxError {
    fn io(path: &Path, source: io::Error) -> Self {
        let text = match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Text::new("outbox-not-writable"),
            _ => Text::new("outbox-broken"),
        };
        Self {
            text: text.with("path", path.display()).with("cause", &source),
            source: Some(source),
        }
    }

    /// For people.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.text
    }
}

/// Where a segment stopped being readable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torn {
    /// The segment.
    pub path: PathBuf,
    /// First byte that is no whole record.
    pub offset: u64,
    /// Bytes from there on, which are left out.
    pub dropped: u64,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    segment: u32,
    offset: u64,
    length: u32,
}

#[derive(Debug, Default)]
struct Segment {
    /// Events in it that are not answered, and their bytes.
    live: u64,
    live_bytes: u64,
    bytes: u64,
}

/// The log.
#[derive(Debug)]
pub struct Log {
    folder: PathBuf,
    segments: BTreeMap<u32, Segment>,
    places: HashMap<Seq, Place>,
    /// Labels on paper and the segment in which that stands, oldest first, at most [`PRINTED`].
    printed: VecDeque<(u32, Printed)>,
    /// The segment written to; none after a failed write.
    current: Option<(u32, File)>,
    segment_bytes: u64,
}

/// What a folder held.
#[derive(Debug)]
pub struct Opened {
    /// To go on with.
    pub log: Log,
    /// Events not answered, oldest first.
    pub pending: Vec<(Seq, EventKey)>,
    /// Number for the next event.
    pub next: Seq,
    /// Labels on paper, oldest first, at most [`PRINTED`].
    pub printed: Vec<Printed>,
    /// What could not be read.
    pub torn: Vec<Torn>,
}

impl Log {
    /// Appends all records with one write and one flush to the disk. When it returns, they are there to stay.
    ///
    /// # Errors
    /// Nothing of the group may be relied on; the next append begins a new segment.
    pub fn append<R: Borrow<Record>>(&mut self, records: &[R]) -> io::Result<()> {
        if self
            .current
            .as_ref()
            .is_none_or(|(number, _)| self.bytes(*number) >= self.segment_bytes)
        {
            self.begin_segment()?;
            if let Err(error) = self.carry_forward() {
                // It is tried again with the next segment.
                tracing::warn!(%error, "an old outbox segment could not be carried forward");
            }
            if self.current.is_none() {
                self.begin_segment()?;
            }
        }
        self.write(records)
    }

    fn write<R: Borrow<Record>>(&mut self, records: &[R]) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(records.len() * 256);
        let mut places = Vec::with_capacity(records.len());
        for record in records {
            places.push(record::encode(record.borrow(), &mut bytes)?);
        }
        let Some((number, mut file)) = self.current.take() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let start = self.bytes(number);
        let lasting = records
            .iter()
            .any(|record| !matches!(record.borrow(), Record::Answered(_)));
        let mut written = file.write_all(&bytes);
        if lasting {
            written = written.and_then(|()| file.sync_data());
        }
        if let Err(error) = written {
            // `current` stays empty: the torn end is left behind. A segment that holds nothing else goes, or there would
            // be one for each try.
            if start == MAGIC.len() as u64 {
                self.abandon(number);
            }
            return Err(error);
        }
        self.current = Some((number, file));
        for (record, (offset, length)) in records.iter().zip(places) {
            match record.borrow() {
                Record::Event(seq, _) => {
                    let place = Place {
                        segment: number,
                        offset: start + offset as u64,
                        length: length as u32,
                    };
                    self.place(*seq, place);
                }
                Record::Answered(seq) => self.displace(*seq),
                Record::Printed(printed) => self.remember(number, printed.clone()),
            }
        }
        self.segments.entry(number).or_default().bytes += bytes.len() as u64;
        self.forget_old();
        Ok(())
    }

    /// A few events that nobody answers keep a whole segment, and with it all younger ones: they are written anew at the
    /// end, so that it can go.
    fn carry_forward(&mut self) -> io::Result<()> {
        let Some((oldest, segment)) = self.segments.first_key_value() else {
            return Ok(());
        };
        if self.segments.len() <= LASTING || segment.live_bytes * 4 > segment.bytes {
            return Ok(());
        }
        let in_oldest = |(_, place): &(&Seq, &Place)| place.segment == *oldest;
        let seqs: BTreeSet<Seq> = self.places.iter().filter(in_oldest).map(|(seq, _)| *seq).collect();
        let Readings { events, spoiled, error } = self.read(&seqs);
        if let Some(error) = error {
            return Err(error);
        }
        // Spoiled ones are told of when they are due; until then they keep their segment.
        if !spoiled.is_empty() || events.is_empty() {
            return Ok(());
        }
        let records: Vec<Record> = events
            .into_iter()
            .map(|(seq, event)| Record::Event(seq, event))
            .collect();
        self.write(&records)
    }

    /// Bytes on disk.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.segments.values().map(|segment| segment.bytes).sum()
    }

    /// Keeps where an event stands. One stands twice where a write was reported as failed and had yet arrived, or where it
    /// was carried forward.
    fn place(&mut self, seq: Seq, place: Place) {
        self.displace(seq);
        self.places.insert(seq, place);
        let segment = self.segments.entry(place.segment).or_default();
        segment.live += 1;
        segment.live_bytes += u64::from(place.length);
    }

    fn displace(&mut self, seq: Seq) {
        if let Some(place) = self.places.remove(&seq)
            && let Some(segment) = self.segments.get_mut(&place.segment)
        {
            segment.live = segment.live.saturating_sub(1);
            segment.live_bytes = segment.live_bytes.saturating_sub(place.length.into());
        }
    }

    fn bytes(&self, number: u32) -> u64 {
        self.segments.get(&number).map_or(0, |segment| segment.bytes)
    }

    fn begin_segment(&mut self) -> io::Result<()> {
        let number = self.segments.last_key_value().map_or(1, |(last, _)| last + 1);
        self.current = None;
        let path = self.path(number);
        // All whole segments were read at the start: one that stands here is what a failed beginning left.
        let begin = || {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&path)?;
            file.write_all(MAGIC)?;
            file.sync_data()?;
            // The folder's entry has to last as well.
            File::open(&self.folder)?.sync_all()?;
            Ok(file)
        };
        let begun: io::Result<File> = begin();
        self.segments.insert(
            number,
            Segment {
                bytes: MAGIC.len() as u64,
                ..Segment::default()
            },
        );
        match begun {
            Ok(file) => self.current = Some((number, file)),
            Err(error) => {
                self.abandon(number);
                return Err(error);
            }
        }
        self.forget_old();
        Ok(())
    }

    /// A segment in which nothing was ever kept. Where it can't be removed, the next takes its place.
    fn abandon(&mut self, number: u32) {
        self.segments.remove(&number);
        let _ = fs::remove_file(self.path(number));
    }

    /// Keeps where it is written that a label is on paper.
    fn remember(&mut self, segment: u32, printed: Printed) {
        if let Some(known) = self.printed.iter_mut().find(|(_, known)| *known == printed) {
            known.0 = segment;
            return;
        }
        if self.printed.len() == PRINTED {
            self.printed.pop_front();
        }
        self.printed.push_back((segment, printed));
    }

    fn forget_old(&mut self) {
        while let Some((number, segment)) = self.segments.first_key_value() {
            let number = *number;
            if segment.live > 0 || self.current.as_ref().is_some_and(|(current, _)| *current == number) {
                break;
            }
            let labels = self.printed.iter().filter(|(at, _)| *at == number);
            let labels: Vec<Record> = labels.map(|(_, printed)| Record::Printed(printed.clone())).collect();
            if !labels.is_empty() {
                // They outlive their segment. Where they can't be written now, it stays until they can.
                if self.write(&labels).is_err() {
                    break;
                }
                continue;
            }
            let path = self.path(number);
            if let Err(error) = fs::remove_file(&path) {
                tracing::warn!(path = %path.display(), %error, "an answered outbox segment could not be removed");
            }
            self.segments.remove(&number);
        }
    }

    fn path(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:08}.log"))
    }
}

impl Store for Log {
    fn append<R: Borrow<Record>>(&mut self, records: &[R]) -> io::Result<()> {
        self.append(records)
    }

    fn read(&self, seqs: &BTreeSet<Seq>) -> Readings {
        self.read(seqs)
    }

    fn size(&self) -> u64 {
        self.size()
    }
}
