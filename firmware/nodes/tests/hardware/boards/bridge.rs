use embassy_futures::block_on;
use link::Instant;
use nodes::bridge::{Beacon, BridgeBoard};
use nodes::{Board, Device};

use super::face;
use crate::kit::{Bench, Deed, Journal, Said, done};

#[test]
fn the_lamp_changes_with_the_beacon_and_nothing_sounds() {
    let journal = Journal::default();
    let mut board = BridgeBoard::<Bench>::new(face(&journal));
    let (mut beacon, mut said) = (Beacon::new(), Said::default());
    for connected in [false, true, true] {
        beacon.connected(Instant(0), connected);
        let lit = Deed::Lit(vec![beacon.lamp(Instant(0))]);
        let before = journal.take();
        assert_eq!(board.exchange(Instant(0), &mut beacon, &mut said), None);
        block_on(board.put_out());
        let changed = if before.contains(&lit) { vec![] } else { vec![lit] };
        assert_eq!(journal.take(), changed);
        changed.into_iter().for_each(|deed| journal.note(deed));
    }
    assert!(!done(board.input()));
}
