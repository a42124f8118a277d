use link::master::Answer;
use link::message::{Command, EventBody, PrintOutcome};
use serde_json::json;

use crate::Bench;
use crate::master::Master;

const ROW_BYTES: usize = 48;
const ROWS: usize = 100;

/// A row that differs from its neighbours, with some solid black.
fn row(number: usize) -> Vec<u8> {
    (0..ROW_BYTES)
        .map(|byte| if byte < 12 { 0xff } else { (number * 7 + byte) as u8 })
        .collect()
}

/// PackBits with literal runs alone.
fn packed(row: &[u8]) -> Vec<u8> {
    std::iter::once(row.len() as u8 - 1)
        .chain(row.iter().copied())
        .collect()
}

async fn send(master: &mut Master, job: u32) {
    let start = Command::PrintStart {
        job,
        row_bytes: ROW_BYTES as u8,
        rows: ROWS as u16,
    };
    assert_eq!(master.command(start).await, Answer::Taken);
    for first in (0..ROWS).step_by(3) {
        let data: Vec<u8> = (first..ROWS.min(first + 3))
            .flat_map(|number| packed(&row(number)))
            .collect();
        let data = data.as_slice().try_into().unwrap();
        assert_eq!(
            master
                .command(Command::PrintRows {
                    job,
                    first: first as u16,
                    data
                })
                .await,
            Answer::Taken
        );
    }
    let all: Vec<u8> = (0..ROWS).flat_map(row).collect();
    let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&all);
    assert_eq!(master.command(Command::PrintEnd { job, crc }).await, Answer::Taken);
}

async fn printed(master: &mut Master) -> (u32, PrintOutcome) {
    loop {
        if let (_, EventBody::Printed { job, outcome }) = master.deed().await {
            return (job, outcome);
        }
    }
}

/// The picture's rows, with a set bit for a black dot.
async fn picture(bench: &Bench, number: usize) -> Vec<Vec<u8>> {
    let answer = bench.get(&format!("/printer/labels/{number}.png")).await;
    assert_eq!(answer.status(), 200);
    let bytes = answer.bytes().await.unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (384, 320));
    pixels
        .chunks(info.line_size)
        .map(|line| line.iter().map(|byte| !byte).collect())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dot_sent_is_on_the_label_and_no_other() {
    let bench = Bench::start().await;
    let mut master = bench.master("printer").await;
    send(&mut master, 7).await;
    assert_eq!(printed(&mut master).await, (7, PrintOutcome::Done));
    let rows = picture(&bench, 1).await;
    let start = rows.iter().position(|row| row.iter().any(|byte| *byte != 0)).unwrap();
    for (number, burnt) in rows[start..start + ROWS].iter().enumerate() {
        assert_eq!(*burnt, row(number), "row {number}");
    }
    assert!(rows[start + ROWS..].iter().flatten().all(|byte| *byte == 0));
    assert_eq!(bench.get("/printer/labels/2.png").await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_that_finds_no_paper_comes_out_when_there_is_some() {
    let bench = Bench::start().await;
    let mut master = bench.master("printer").await;
    bench.post("/printer", json!({"paper": false})).await;
    loop {
        if let (_, EventBody::Printer(condition)) = master.deed().await
            && !condition.paper
        {
            break;
        }
    }
    send(&mut master, 8).await;
    assert_eq!(printed(&mut master).await, (8, PrintOutcome::PaperOut));
    bench.post("/printer", json!({"paper": true})).await;
    assert_eq!(printed(&mut master).await, (8, PrintOutcome::Done));
    let seen = bench.look().await;
    assert_eq!(seen["printer"]["labels"].as_array().unwrap().len(), 1);
}
