//! Segments of records in one folder. Blocking; owned by the writer's thread.
//!
//! Every start and every failed write begins a new segment, so a torn tail is never written over and never in the
//! way. A segment goes when all events in it are answered and no older one is left: an answer's record always
//! outlives the event it speaks of.

use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use uplink::{DeviceEvent, EventKey};

use super::record::{self, MAGIC, Next, Printed, Record, Seq};
use crate::words::Text;

/// A segment is closed once it is this long, bytes.
pub const SEGMENT_BYTES: u64 = 4 * 1024 * 1024;
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
    /// Events in it that are not answered.
    live: u64,
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
                live: 0,
                bytes: bytes.len() as u64,
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
    pub fn append(&mut self, records: &[Record]) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(records.len() * 256);
        let mut places = Vec::with_capacity(records.len());
        for record in records {
            places.push(record::encode(record, &mut bytes)?);
        }
        if self
            .current
            .as_ref()
            .is_none_or(|(number, _)| self.bytes(*number) >= self.segment_bytes)
        {
            self.begin_segment()?;
        }
        let Some((number, mut file)) = self.current.take() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let start = self.bytes(number);
        // On failure `current` stays empty: the torn end is left behind.
        file.write_all(&bytes)?;
        if records.iter().any(|record| !matches!(record, Record::Answered(_))) {
            file.sync_data()?;
        }
        self.current = Some((number, file));
        for (record, (offset, length)) in records.iter().zip(places) {
            match record {
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

    /// Reads events back. Those not there are left out.
    ///
    /// # Errors
    /// The disk can't be read.
    pub fn read(&self, seqs: &[Seq]) -> io::Result<Vec<(Seq, DeviceEvent)>> {
        let mut files: HashMap<u32, File> = HashMap::new();
        let mut events = Vec::with_capacity(seqs.len());
        for seq in seqs {
            let Some(place) = self.places.get(seq) else { continue };
            let file = match files.entry(place.segment) {
                std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::hash_map::Entry::Vacant(entry) => entry.insert(File::open(self.path(place.segment))?),
            };
            let mut body = vec![0; place.length as usize];
            file.read_exact_at(&mut body, place.offset)?;
            if let Record::Event(_, event) = serde_json::from_slice(&body)? {
                events.push((*seq, event));
            }
        }
        Ok(events)
    }

    /// Bytes on disk.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.segments.values().map(|segment| segment.bytes).sum()
    }

    /// Keeps where an event stands. One stands twice where a write was reported as failed and had yet arrived.
    fn place(&mut self, seq: Seq, place: Place) {
        self.displace(seq);
        self.places.insert(seq, place);
        self.segments.entry(place.segment).or_default().live += 1;
    }

    fn displace(&mut self, seq: Seq) {
        if let Some(place) = self.places.remove(&seq)
            && let Some(segment) = self.segments.get_mut(&place.segment)
        {
            segment.live = segment.live.saturating_sub(1);
        }
    }

    fn bytes(&self, number: u32) -> u64 {
        self.segments.get(&number).map_or(0, |segment| segment.bytes)
    }

    fn begin_segment(&mut self) -> io::Result<()> {
        let number = self.segments.last_key_value().map_or(1, |(last, _)| last + 1);
        let mut file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .open(self.path(number))?;
        self.segments.insert(
            number,
            Segment {
                live: 0,
                bytes: MAGIC.len() as u64,
            },
        );
        file.write_all(MAGIC)?;
        file.sync_data()?;
        // The folder's entry has to last as well.
        File::open(&self.folder)?.sync_all()?;
        self.current = Some((number, file));
        self.forget_old();
        Ok(())
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
