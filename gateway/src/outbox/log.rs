//! Segments of records in one folder. Blocking; owned by the writer's thread.
//!
//! Every start and every failed write begins a new segment, so a torn tail is never written over and never in the
//! way. A segment goes when all events in it are answered and no older one is left: an answer's record always
//! outlives the event it speaks of. A few old events left unanswered are carried forward, so that they don't keep all
//! that came after them.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use uplink::{DeviceEvent, EventKey};

use super::{
    record::{self, HEAD, MAGIC, Next, Printed, Record, Seq},
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
    /// Labels taken by printers, oldest first, at most [`PRINTED`].
    pub printed: Vec<Printed>,
    /// What could not be read.
    pub torn: Vec<Torn>,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Held {
    pending: BTreeMap<Seq, EventKey>,
    next: Seq,
    printed: Vec<Printed>,
    torn: Vec<Torn>,
}

impl Log {
    /// Opens the folder, or makes it.
    ///
    /// # Errors
    /// The folder can't be made, read or written, or holds a file of another format.
    pub fn open(folder: &Path, segment_bytes: u64) -> Result<Opened, OutboxError> {
        let fail = |error| OutboxError::io(folder, error);
        fs::create_dir_all(folder).map_err(fail)?;
        let mut numbers: Vec<u32> = fs::read_dir(folder)
            .map_err(fail)?
            .filter_map(|entry| number(&entry.ok()?.file_name().into_string().ok()?))
            .collect();
        numbers.sort_unstable();
        let mut log = Self {
            folder: folder.to_owned(),
            segments: BTreeMap::new(),
            places: HashMap::new(),
            current: None,
            segment_bytes,
        };
        let mut held = Held {
            next: 1,
            ..Held::default()
        };
        for number in numbers {
            log.read_segment(number, &mut held)?;
        }
        log.forget_old();
        // A folder that can't be written must be told of now, not at the first event.
        log.begin_segment().map_err(fail)?;
        let Held {
            pending,
            next,
            mut printed,
            torn,
        } = held;
        printed.drain(..printed.len().saturating_sub(PRINTED));
        if !printed.is_empty() {
            // Their old segments may go at any time.
            let again: Vec<Record> = printed.iter().cloned().map(Record::Printed).collect();
            log.append(&again).map_err(fail)?;
        }
        Ok(Opened {
            log,
            pending: pending.into_iter().collect(),
            next,
            printed,
            torn,
        })
    }

    fn read_segment(&mut self, number: u32, held: &mut Held) -> Result<(), OutboxError> {
        let path = self.path(number);
        let bytes = fs::read(&path).map_err(|error| OutboxError::io(&path, error))?;
        self.segments.insert(
            number,
            Segment {
                bytes: bytes.len() as u64,
                ..Segment::default()
            },
        );
        let mut offset = 0;
        if bytes.starts_with(MAGIC) {
            offset = MAGIC.len();
        } else if bytes.len() >= MAGIC.len() {
            return Err(OutboxError {
                text: Text::new("outbox-foreign").with("path", path.display()),
                source: None,
            });
        }
        loop {
            match record::decode(&bytes, offset) {
                Next::Record {
                    record: Record::Event(seq, event),
                    body,
                    end,
                } => {
                    held.next = held.next.max(seq + 1);
                    let place = Place {
                        segment: number,
                        offset: body as u64,
                        length: (end - body) as u32,
                    };
                    self.place(seq, place);
                    held.pending.insert(seq, event.key);
                    offset = end;
                }
                Next::Record {
                    record: Record::Answered(seq),
                    end,
                    ..
                } => {
                    held.next = held.next.max(seq + 1);
                    held.pending.remove(&seq);
                    self.displace(seq);
                    offset = end;
                }
                Next::Record {
                    record: Record::Printed(printed),
                    end,
                    ..
                } => {
                    held.printed.push(printed);
                    offset = end;
                }
                Next::End => break,
                Next::Torn => {
                    held.torn.push(Torn {
                        path,
                        offset: offset as u64,
                        dropped: (bytes.len() - offset) as u64,
                    });
                    break;
                }
            }
        }
        Ok(())
    }

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
                Record::Printed(_) => {}
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

    /// Reads events back.
    #[must_use]
    pub fn read(&self, seqs: &BTreeSet<Seq>) -> Readings {
        let mut files: HashMap<u32, File> = HashMap::new();
        let mut readings = Readings::default();
        for seq in seqs {
            match self.read_one(*seq, &mut files) {
                Ok(Some(event)) => readings.events.push((*seq, event)),
                Ok(None) => readings.spoiled.push(*seq),
                Err(error) => readings.error = Some(error),
            }
        }
        readings
    }

    /// None where there is no such event, or not as it was written.
    fn read_one(&self, seq: Seq, files: &mut HashMap<u32, File>) -> io::Result<Option<DeviceEvent>> {
        let Some(place) = self.places.get(&seq) else {
            return Ok(None);
        };
        let file = match files.entry(place.segment) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(File::open(self.path(place.segment))?),
        };
        // With its head, by whose checksum it is known.
        let mut bytes = vec![0; HEAD + place.length as usize];
        match file.read_exact_at(&mut bytes, place.offset - HEAD as u64) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        Ok(match record::decode(&bytes, 0) {
            Next::Record {
                record: Record::Event(found, event),
                ..
            } if found == seq => Some(event),
            _ => None,
        })
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

    fn forget_old(&mut self) {
        let current = self.current.as_ref().map(|(number, _)| *number);
        while let Some((number, segment)) = self.segments.first_key_value() {
            if segment.live > 0 || Some(*number) == current {
                break;
            }
            let number = *number;
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

fn number(name: &str) -> Option<u32> {
    name.strip_suffix(".log")?.parse().ok()
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
