//! What a folder holds: read once at the start, and event by event when it is due.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque, hash_map::Entry},
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::Path,
};

use uplink::{DeviceEvent, EventKey};

use super::{Log, Opened, OutboxError, Place, Segment, Torn};
use crate::{
    outbox::{
        record::{self, HEAD, MAGIC, Next, Record, Seq},
        writer::Readings,
    },
    words::Text,
};

/// What was read so far.
#[derive(Debug, Default)]
struct Held {
    pending: BTreeMap<Seq, EventKey>,
    next: Seq,
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
            printed: VecDeque::new(),
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
        // A folder that can't be written must be told of now, not at the first event.
        log.begin_segment().map_err(fail)?;
        Ok(Opened {
            pending: held.pending.into_iter().collect(),
            next: held.next,
            printed: log.printed.iter().map(|(_, printed)| printed.clone()).collect(),
            torn: held.torn,
            log,
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
                Next::Record { record, body, end } => {
                    match record {
                        Record::Event(seq, event) => {
                            held.next = held.next.max(seq + 1);
                            let place = Place {
                                segment: number,
                                offset: body as u64,
                                length: (end - body) as u32,
                            };
                            self.place(seq, place);
                            held.pending.insert(seq, event.key);
                        }
                        Record::Answered(seq) => {
                            held.next = held.next.max(seq + 1);
                            held.pending.remove(&seq);
                            self.displace(seq);
                        }
                        Record::Printed(printed) => self.remember(number, printed),
                    }
                    offset = end;
                }
                Next::End => return Ok(()),
                Next::Torn => {
                    held.torn.push(Torn {
                        path,
                        offset: offset as u64,
                        dropped: (bytes.len() - offset) as u64,
                    });
                    return Ok(());
                }
            }
        }
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
}

fn number(name: &str) -> Option<u32> {
    name.strip_suffix(".log")?.parse().ok()
}
