//! The decoder against whatever comes: it never panics, holds no more than one frame, and finds the next whole one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

use link::frame::{Body, Control, Decoder, FrameError, Kind, Salt, encode};
use link::master::{Line as MasterLine, Master};
use link::message::{BootId, Firmware, MAX_BODY, NodeKind, ResetReason, Uid};
use link::node::{Identity, Line, NodeLink};
use link::{Instant, MAX_FRAME};
use proptest::collection::vec;
use proptest::prelude::*;

type Found = Result<(u8, Control, Vec<u8>), FrameError>;

fn framed(address: u8, control: Control, body: &[u8], salt: Salt) -> Vec<u8> {
    let mut out = [0; MAX_FRAME];
    let length = encode(address, control, body, salt, &mut out);
    out[..length].to_vec()
}

/// All that a decoder finds in these pieces.
fn found<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, salt: Salt) -> Vec<Found> {
    let mut decoder = Decoder::new();
    let mut found = Vec::new();
    for mut piece in pieces {
        while let Some(result) = decoder.next(&mut piece) {
            let opened = result.and_then(|frame| frame.open(salt));
            found.push(opened.map(|frame| (frame.address, frame.control, frame.body.to_vec())));
        }
    }
    found
}

fn control() -> impl Strategy<Value = Control> {
    (0..=255_u8).prop_map(Control::from_byte)
}

/// Bodies in which zeros and long stretches without one are common: where COBS has its corners.
fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..=MAX_BODY),
        vec(prop_oneof![Just(0_u8), any::<u8>()], 0..=MAX_BODY),
        (0..=MAX_BODY).prop_map(|length| vec![1; length]),
        (0..=MAX_BODY).prop_map(|length| vec![0; length]),
    ]
}

proptest! {
    #[test]
    fn what_was_framed_is_found_in_any_pieces(
        frames in vec((any::<u8>(), control(), body()), 1..6),
        sizes in vec(1..40_usize, 1..20),
    ) {
        let salt = Salt::of(Uid(77), BootId(5));
        let line: Vec<u8> =
            frames.iter().flat_map(|(address, control, body)| framed(*address, *control, body, salt)).collect();
        let mut pieces = Vec::new();
        let mut rest = &line[..];
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, left) = rest.split_at(rest.len().min(*size));
            pieces.push(piece);
            rest = left;
        }
        let expected: Vec<Found> = frames.into_iter().map(|(a, c, b)| Ok((a, c, b))).collect();
        prop_assert_eq!(found(pieces, salt), expected);
    }

    #[test]
    fn a_frame_after_garbage_is_found(garbage in vec(any::<u8>(), 0..2000), body in body()) {
        let control = Control::new(Kind::Data);
        let line = [garbage, framed(9, control, &body, Salt::NONE)].concat();
        let last = found([&line[..]], Salt::NONE).pop();
        prop_assert_eq!(last, Some(Ok((9, control, body))));
    }

    #[test]
    fn no_damage_of_up_to_three_bits_passes(body in body(), bits in vec(any::<prop::sample::Index>(), 1..=3)) {
        let control = Control::new(Kind::Data);
        let whole = framed(9, control, &body, Salt::NONE);
        let mut line = whole.clone();
        // Delimiters stay: damage there makes two frames of one or one of two, which the next test has.
        let inner = (line.len() - 2) * 8;
        for bit in bits {
            let bit = 8 + bit.index(inner);
            line[bit / 8] ^= 1 << (bit % 8);
        }
        prop_assume!(line != whole);
        for found in found([&line[..]], Salt::NONE) {
            // COBS can make a flipped bit a burst of several, so three bits aren't always caught by certainty; that
            // what comes out is another whole frame happens once in 65,536 such bursts or less.
            prop_assert!(found.is_err(), "{found:?}");
        }
    }

    #[test]
    fn another_nodes_salt_opens_nothing(body in body(), ours in any::<u64>(), theirs in any::<u64>()) {
        prop_assume!(ours != theirs);
        let line = framed(3, Control::new(Kind::Poll), &body, Salt::of(Uid(ours), BootId(1)));
        let salt = Salt::of(Uid(theirs), BootId(1));
        prop_assume!(salt != Salt::of(Uid(ours), BootId(1)));
        let found = found([&line[..]], salt);
        // Two of 65,536 ids share a 16-bit salt; then only frames with a body tell them apart.
        prop_assert!(found == [Err(FrameError::Check)] || body.is_empty(), "{found:?}");
    }

    #[test]
    fn nothing_that_comes_stops_an_end(pieces in vec(vec(any::<u8>(), 0..300), 0..20)) {
        let identity = Identity {
            kind: NodeKind::Scanner,
            units: 1,
            uid: Uid(1),
            firmware: Firmware { major: 0, minor: 1, patch: 0, git: [0; 4] },
            settings_crc: 0,
            boot: BootId(1),
            reset: ResetReason::PowerOn,
        };
        let mut duplex = NodeLink::<4>::new(identity, Line::Duplex, "");
        let mut bus = NodeLink::<4>::new(identity, Line::Bus { baud: 250_000 }, "");
        let mut master = Box::new(Master::<2>::new(MasterLine::Duplex, 1));
        let mut out = [0; MAX_FRAME];
        let mut now = Instant(0);
        for piece in &pieces {
            now = now.after(5_000);
            duplex.receive(piece, now);
            bus.receive(piece, now);
            // And with the framing right, so that the content is what is hostile.
            let body = Body::from_slice(&piece[..piece.len().min(MAX_BODY)]).unwrap();
            let line = framed(0, Control::new(Kind::Data), &body, Salt::NONE);
            duplex.receive(&line, now);
            for mut bytes in [&piece[..], &line[..]] {
                while !bytes.is_empty() {
                    let taken = master.receive(bytes, now);
                    bytes = &bytes[taken..];
                    while master.next_output().is_some() {}
                }
            }
            for _ in 0..40 {
                let said = [duplex.transmit(now, &mut out), bus.transmit(now, &mut out), master.transmit(now, &mut out)];
                if said == [None; 3] {
                    break;
                }
            }
        }
    }
}

#[test]
fn an_endless_frame_is_counted_once_and_the_next_is_found() {
    let mut line = vec![0xAA; 10_000];
    line.extend(framed(1, Control::new(Kind::Data), b"after", Salt::NONE));
    let found = found([&line[..]], Salt::NONE);
    assert_eq!(
        found,
        [
            Err(FrameError::TooLong),
            Ok((1, Control::new(Kind::Data), b"after".to_vec()))
        ]
    );
}

#[test]
fn errors_are_told_by_kind() {
    let salt = Salt::NONE;
    let whole = framed(1, Control::new(Kind::Data), b"hello", salt);
    let mut damaged = whole.clone();
    damaged[6] ^= 0x10;
    assert_eq!(found([&damaged[..]], salt), [Err(FrameError::Check)]);
    let cut = [&whole[..whole.len() - 3], &[0]].concat();
    assert_eq!(found([&cut[..]], salt), [Err(FrameError::Coding)]);
    assert_eq!(found([&[0, 3, 1, 2, 0][..]], salt), [Err(FrameError::TooShort)]);
    assert_eq!(found([&[0, 0, 0][..]], salt), []);
}
