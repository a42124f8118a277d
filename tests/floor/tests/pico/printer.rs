//! A printer: from raster over the wire to dots on paper, read back as a barcode.

use floor_tests::pico::{ChipSpec, Chips, Label};
use floor_tests::wire::Wire;
use link::message::{Command, EventBody, MAX_PRINT_CHUNK, NodeKind, PrintOutcome};
use rxing::{BarcodeFormat, EncodeHints, Writer};

use crate::{BAUD, UIDS};

const UID: u64 = UIDS[0];
/// Dots across the head.
const DOTS: usize = 384;
/// Dots that may burn at once, or the supply sags.
const MOST_AT_ONCE: u32 = 45;

/// One bit for each dot, set where black.
struct Raster {
    rows: Vec<Vec<u8>>,
}

impl Raster {
    /// A Code 128 across the label, with white around it.
    fn barcode(text: &str) -> Self {
        let code = rxing::oned::Code128Writer
            .encode_with_hints(text, &BarcodeFormat::CODE_128, 0, 1, &EncodeHints::default())
            .unwrap();
        let modules: Vec<bool> = (0..code.getWidth()).map(|x| code.get(x, 0)).collect();
        let scale = DOTS / (modules.len() + 20);
        let begin = (DOTS - modules.len() * scale) / 2;
        let mut row = vec![0; DOTS / 8];
        for (n, _) in modules.iter().enumerate().filter(|(_, black)| **black) {
            for x in begin + n * scale..begin + (n + 1) * scale {
                row[x / 8] |= 0x80 >> (x % 8);
            }
        }
        let white = vec![0; DOTS / 8];
        let rows = std::iter::repeat_n(white.clone(), 8)
            .chain(std::iter::repeat_n(row, 48))
            .chain(std::iter::repeat_n(white, 8))
            .collect();
        Self { rows }
    }

    fn crc(&self) -> u32 {
        crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&self.rows.concat())
    }

    /// The messages that print this.
    fn commands(&self, job: u32) -> Vec<Command> {
        let mut commands = vec![Command::PrintStart {
            job,
            row_bytes: (DOTS / 8) as u8,
            rows: self.rows.len() as u16,
        }];
        let mut chunk = Vec::new();
        let mut first = 0;
        for (n, row) in self.rows.iter().enumerate() {
            let packed = pack(row);
            if chunk.len() + packed.len() > MAX_PRINT_CHUNK {
                let data = chunk.drain(..).collect();
                commands.push(Command::PrintRows { job, first, data });
                first = n as u16;
            }
            chunk.extend(packed);
        }
        commands.push(Command::PrintRows {
            job,
            first,
            data: chunk.into_iter().collect(),
        });
        commands.push(Command::PrintEnd { job, crc: self.crc() });
        commands
    }
}

/// One row in PackBits.
fn pack(row: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    for run in row.chunk_by(|a, b| a == b) {
        for part in run.chunks(128) {
            match part {
                [one] => packed.extend([0, *one]),
                [value, ..] => packed.extend([(257 - part.len()) as u8, *value]),
                [] => {}
            }
        }
    }
    packed
}

async fn printer() -> (Chips, Wire) {
    let chips = Chips::start(&[ChipSpec::uart("printer", NodeKind::Printer, UID)])
        .await
        .unwrap();
    let mut wire = Wire::open(&chips.port("printer"), BAUD).unwrap();
    wire.up(UID).await.unwrap();
    (chips, wire)
}

async fn print(wire: &mut Wire, job: u32, raster: &Raster) {
    for command in raster.commands(job) {
        wire.command(UID, command).await.unwrap();
    }
}

fn printed(body: &EventBody) -> Option<(u32, PrintOutcome)> {
    match *body {
        EventBody::Printed { job, outcome } => Some((job, outcome)),
        _ => None,
    }
}

/// What a reader makes of a label.
fn read(label: &Label) -> String {
    let (width, height) = (label.width as u32, label.height() as u32);
    rxing::helpers::detect_in_luma(label.luma.clone(), width, height, Some(BarcodeFormat::CODE_128))
        .unwrap()
        .getText()
        .to_owned()
}

#[tokio::test]
async fn a_label_comes_out_as_a_barcode_that_reads_back() {
    let (chips, mut wire) = printer().await;
    print(&mut wire, 41, &Raster::barcode("CX-000123")).await;
    let (said, _) = wire.event(UID, "the job's end", printed).await.unwrap();
    assert_eq!(said, (41, PrintOutcome::Done));
    let seen = chips
        .until("printer", "a label", |seen| !seen.labels.is_empty())
        .await
        .unwrap();
    assert_eq!(read(&seen.labels[0]), "CX-000123");
    // Its first eight rows are white.
    assert!(
        (7..=9).contains(&seen.labels[0].from_edge),
        "{} rows",
        seen.labels[0].from_edge
    );
    assert!(
        seen.labels[0].most_at_once <= MOST_AT_ONCE,
        "{} dots at once",
        seen.labels[0].most_at_once
    );
}

#[tokio::test]
async fn rows_that_do_not_match_their_checksum_burn_nothing() {
    let (chips, mut wire) = printer().await;
    let mut commands = Raster::barcode("CX-000124").commands(7);
    if let Some(Command::PrintEnd { crc, .. }) = commands.last_mut() {
        *crc ^= 1;
    }
    for command in commands {
        let _ = wire.command(UID, command).await;
    }
    let (said, _) = wire.event(UID, "the job's end", printed).await.unwrap();
    assert_eq!(said, (7, PrintOutcome::Damaged));
    assert!(chips.seen("printer").labels.is_empty());
}

#[tokio::test]
async fn a_hot_head_is_left_to_cool_before_it_prints() {
    let (chips, mut wire) = printer().await;
    chips.head("printer", 66.0).await.unwrap();
    wire.event(UID, "the head's heat", |body| match body {
        EventBody::Printer(condition) if condition.head_celsius >= 60 => Some(()),
        _ => None,
    })
    .await
    .unwrap();
    print(&mut wire, 9, &Raster::barcode("CX-000125")).await;
    let (said, _) = wire.event(UID, "that it waits", printed).await.unwrap();
    assert_eq!(said, (9, PrintOutcome::HeadHot));
    assert!(chips.seen("printer").labels.is_empty());
    chips.head("printer", 40.0).await.unwrap();
    let (said, _) = wire.event(UID, "that it went on", printed).await.unwrap();
    assert_eq!(said, (9, PrintOutcome::Done));
    let seen = chips
        .until("printer", "a label", |seen| !seen.labels.is_empty())
        .await
        .unwrap();
    assert_eq!(read(&seen.labels[0]), "CX-000125");
}

#[tokio::test]
async fn a_label_without_paper_is_printed_when_there_is_some() {
    let (chips, mut wire) = printer().await;
    chips.paper("printer", false).await.unwrap();
    wire.event(UID, "that the paper is out", |body| match body {
        EventBody::Printer(condition) => (!condition.paper).then_some(()),
        _ => None,
    })
    .await
    .unwrap();
    print(&mut wire, 12, &Raster::barcode("CX-000126")).await;
    let (said, _) = wire.event(UID, "that it waits", printed).await.unwrap();
    assert_eq!(said, (12, PrintOutcome::PaperOut));
    chips.paper("printer", true).await.unwrap();
    let (said, _) = wire.event(UID, "that it went on", printed).await.unwrap();
    assert_eq!(said, (12, PrintOutcome::Done));
    let seen = chips
        .until("printer", "a label", |seen| !seen.labels.is_empty())
        .await
        .unwrap();
    assert_eq!(read(&seen.labels[0]), "CX-000126");
}

#[tokio::test]
async fn an_open_cover_is_told_and_the_label_comes_when_it_is_shut() {
    let (chips, mut wire) = printer().await;
    let cover = |shut: bool| {
        move |body: &EventBody| match body {
            EventBody::Printer(condition) if condition.closed == shut => Some(()),
            _ => None,
        }
    };
    chips.cover("printer", false).await.unwrap();
    wire.event(UID, "the open cover", cover(false)).await.unwrap();
    print(&mut wire, 12, &Raster::barcode("CX-000126")).await;
    let (said, _) = wire.event(UID, "that it waits", printed).await.unwrap();
    assert_eq!(said, (12, PrintOutcome::CoverOpen));
    assert!(chips.seen("printer").labels.is_empty());
    chips.cover("printer", true).await.unwrap();
    wire.event(UID, "the shut cover", cover(true)).await.unwrap();
    let (said, _) = wire.event(UID, "the job's end", printed).await.unwrap();
    assert_eq!(said, (12, PrintOutcome::Done));
    let seen = chips
        .until("printer", "a label", |seen| !seen.labels.is_empty())
        .await
        .unwrap();
    assert_eq!(read(&seen.labels[0]), "CX-000126");
}
