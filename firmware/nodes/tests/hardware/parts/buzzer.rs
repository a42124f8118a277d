use nodes::parts::buzzer::Buzzer;
use nodes::scanner::Tone;

use crate::kit::{Deed, Journal};

#[test]
fn loudness_is_the_pulse_s_share_of_the_period() {
    let journal = Journal::default();
    let mut buzzer = Buzzer::new(journal.free("wave"));
    let mut sound = |hz, loudness| {
        buzzer.sound(Tone { hz, loudness });
        journal.take()
    };
    assert_eq!(sound(0, 0), [], "silent as it begins");
    assert_eq!(sound(2_700, 1), [Deed::Sounds(2_700, 32)]);
    assert_eq!(sound(2_700, 1), [], "a tone that goes on is left alone");
    assert_eq!(sound(2_700, 2), [Deed::Sounds(2_700, 8)]);
    assert_eq!(sound(440, 3), [Deed::Sounds(440, 2)]);
    assert_eq!(sound(440, 0), [Deed::Silent]);
    assert_eq!(sound(0, 3), [], "a pause");
    assert_eq!(sound(29, 3), [], "too deep for the counter behind it");
    assert_eq!(sound(30, 3), [Deed::Sounds(30, 2)]);
    assert_eq!(sound(29, 3), [Deed::Silent]);
}
