use embassy_futures::block_on;
use nodes::colour::Rgb;
use nodes::parts::lights::Lights;

use crate::kit::{Deed, Journal};

#[test]
fn lights_are_sent_at_first_and_when_they_change() {
    let journal = Journal::default();
    let mut lights = Lights::new(journal.free("chain"));
    let dark = [Rgb::OFF; 2];
    let lit = [Rgb::OFF, Rgb::new(1, 2, 3)];
    for values in [dark, dark, lit, lit, dark] {
        block_on(lights.show(&values));
    }
    let expected = [dark, lit, dark].map(|values| Deed::Lit(values.to_vec()));
    assert_eq!(journal.take(), expected);
}
