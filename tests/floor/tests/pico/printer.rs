//! A printer: from raster over the wire to dots on paper, read back as a barcode.

use floor_tests::Random;
use floor_tests::pico::{ChipSpec, Chips, Label};
use floor_tests::wire::Wire;
use link::message::{Command, EventBody, MAX_PRINT_CHUNK, NodeKind, PrintOutcome};
use nodes::printer::Sheet;
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

fn spec() -> ChipSpec {
    ChipSpec::uart("printer", NodeKind::Printer, UID)
}

async fn printer() -> (Chips, Wire) {
    start(spec()).await
}

async fn start(spec: ChipSpec) -> (Chips, Wire) {
    let chips = Chips::start(&[spec]).await.unwrap();
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

/// A label, the job-th, that reads back, burnt as a head bears it.
async fn prints_well(chips: &Chips, wire: &mut Wire, job: u32, text: &str) {
    print(wire, job, &Raster::barcode(text)).await;
    let (said, _) = wire.event(UID, "the job's end", printed).await.unwrap();
    assert_eq!(said, (job, PrintOutcome::Done));
    let labels = job as usize;
    let seen = chips
        .until("printer", "a label", |seen| seen.labels.len() == labels)
        .await
        .unwrap();
    let label = seen.labels.last().unwrap();
    assert_eq!(read(label), text);
    assert!((7..=9).contains(&label.from_edge), "{} rows", label.from_edge);
    assert!(
        label.most_at_once <= MOST_AT_ONCE,
        "{} dots at once",
        label.most_at_once
    );
    let (least, most) = label.energy;
    assert!(least > 0.9 && most < 1.1, "a dot got {least} to {most} of its energy");
    assert!(label.soft_start >= 10_000.0, "{} µs after its supply", label.soft_start);
    assert_eq!((label.cold_strobes, label.slips), (0, 0));
}

#[tokio::test]
async fn h5_h6_dots_get_their_energy_the_rotor_follows_and_the_supply_has_risen() {
    let (chips, mut wire) = printer().await;
    for (job, celsius) in [(1, 25.0), (2, 5.0), (3, 50.0)] {
        chips.head("printer", celsius).await.unwrap();
        // It hears of the heat with the next look at its sensors.
        wire.idle(std::time::Duration::from_millis(400)).await.unwrap();
        prints_well(&chips, &mut wire, job, &format!("CX-0001{job:02}")).await;
    }
}

#[tokio::test]
async fn h2_a_head_whose_low_burns_rests_high_from_reset_on() {
    let (chips, mut wire) = start(spec().burning_low()).await;
    prints_well(&chips, &mut wire, 1, "CX-000201").await;
    chips.hang("printer").await.unwrap();
    chips
        .until("printer", "a start by the watchdog", |seen| seen.starts.len() == 2)
        .await
        .unwrap();
    wire.up(UID).await.unwrap();
    let label = chips.seen("printer").labels[0].clone();
    assert_eq!(label.cold_strobes, 0);
}

#[tokio::test]
async fn h6_a_gap_sensor_the_other_way_round_prints_nothing_and_wants_a_hand() {
    let (chips, mut wire) = printer().await;
    chips.upturn_sensor("printer", true).await.unwrap();
    print(&mut wire, 5, &Raster::barcode("CX-000301")).await;
    let (said, _) = wire.event(UID, "that it halts", printed).await.unwrap();
    assert_eq!(said, (5, PrintOutcome::PaperOut));
    assert!(chips.seen("printer").labels.is_empty());
    // Mended, and the cover opened and shut as one does.
    chips.upturn_sensor("printer", false).await.unwrap();
    chips.cover("printer", false).await.unwrap();
    wire.idle(std::time::Duration::from_millis(500)).await.unwrap();
    chips.cover("printer", true).await.unwrap();
    let done = |body: &EventBody| printed(body).filter(|(_, outcome)| *outcome == PrintOutcome::Done);
    wire.event(UID, "the job's end", done).await.unwrap();
    let seen = chips
        .until("printer", "a label", |seen| !seen.labels.is_empty())
        .await
        .unwrap();
    assert_eq!(read(&seen.labels[0]), "CX-000301");
}

/// Printers that are hung side by side, and times that each is.
const SIDE_BY_SIDE: u64 = 10;
const TIMES: u32 = 10;

/// Hangs a printer in the middle of a strobe, again and again. The seed says where.
async fn hang_again_and_again(chips: &Chips, name: &str, uid: u64) {
    let mut random = Random(uid);
    for time in 1..=TIMES {
        let mut wire = Wire::open(&chips.port(name), BAUD).unwrap();
        wire.up(uid).await.unwrap();
        let (strobes, micros) = (random.below(150) as u32, 1 + random.below(900) as u32);
        chips.hang_in_strobe(name, strobes, micros).await.unwrap();
        for command in Raster::barcode("CX-000400").commands(time) {
            wire.command(uid, command).await.unwrap();
        }
        drop(wire);
        let times = time as usize;
        let seen = chips
            .until(name, &format!("the head without supply, time {time}"), |seen| {
                seen.unpowered.len() == times && !seen.hung.is_empty()
            })
            .await
            .unwrap();
        let off = seen.unpowered[times - 1];
        assert!(off <= 5_100.0, "the head kept its supply for {off} ms");
        // As if somebody had pulled the plug: three resets in a minute would end in safe mode.
        chips.power(name, false).await.unwrap();
        chips.power(name, true).await.unwrap();
    }
    let hung = chips.seen(name).hung;
    assert!(hung.len() >= TIMES as usize, "each hung in a strobe: {hung:?}");
    for (dots, micros) in hung {
        let dwell = f64::from(Sheet::LTP02_245.micros(25, dots));
        assert!(
            micros <= dwell + 2.0,
            "{dots} dots were hot for {micros} µs, not {dwell}"
        );
    }
}

#[tokio::test]
async fn h17_a_core_hung_in_mid_strobe_leaves_no_dot_hot_and_the_head_soon_without_supply() {
    let printers: Vec<_> = (0..SIDE_BY_SIDE)
        .map(|n| (format!("printer-{n}"), 0x1701 + n))
        .collect();
    let specs: Vec<_> = printers
        .iter()
        .map(|(name, uid)| ChipSpec::uart(name, NodeKind::Printer, *uid))
        .collect();
    let chips = Chips::start(&specs).await.unwrap();
    let work = printers
        .iter()
        .map(|(name, uid)| hang_again_and_again(&chips, name, *uid));
    futures_util::future::join_all(work).await;
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
