//! How a row is burnt: which strobes at once.
//!
//! The supply carries [`AT_ONCE`] hot dots. Strobes whose dots stay below that together share a pass; a strobe with more is burnt
//! in two passes, every other dot in each.

/// Bytes of the head's row: 384 dots.
pub const HEAD_BYTES: usize = 48;
/// Strobes of the head, 64 dots each.
pub const STROBES: usize = 6;
/// Dots that may be hot at once.
pub const AT_ONCE: u32 = 45;
/// Most passes a row can take.
pub const PASSES: usize = 2 * STROBES;
const STROBE_BYTES: usize = HEAD_BYTES / STROBES;

/// A row of the head's dots; bit 7 of the first byte is the first.
pub type Dots = [u8; HEAD_BYTES];

/// Which of a row's dots a pass heats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// All.
    All,
    /// The first, third …
    Odd,
    /// The second, fourth …
    Even,
}

impl Share {
    /// The row as it must be shifted in for this.
    #[must_use]
    pub fn of(self, dots: &Dots) -> Dots {
        let mask = match self {
            Self::All => 0xff,
            Self::Odd => 0xaa,
            Self::Even => 0x55,
        };
        dots.map(|byte| byte & mask)
    }
}

/// One pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Of the row's dots, these.
    pub share: Share,
    /// Under these strobes; bit 0 is the first.
    pub strobes: u8,
    /// Dots that are hot at once then.
    pub hot: u32,
}

/// The passes of a row, those with the same share beside each other. A row without dots has none.
#[must_use]
pub fn passes(dots: &Dots) -> heapless::Vec<Pass, PASSES> {
    let mut passes = heapless::Vec::new();
    for share in [Share::All, Share::Odd, Share::Even] {
        let (mut strobes, mut hot) = (0, 0);
        let shared = share.of(dots);
        for (index, (block, whole)) in shared.chunks(STROBE_BYTES).zip(dots.chunks(STROBE_BYTES)).enumerate() {
            let count = |bytes: &[u8]| bytes.iter().map(|byte| byte.count_ones()).sum::<u32>();
            let split = count(whole) > AT_ONCE;
            let lit = count(block);
            if lit == 0 || split != (share != Share::All) {
                continue;
            }
            if hot + lit > AT_ONCE {
                // There is room: a strobe takes part in two passes at most.
                let _ = passes.push(Pass { share, strobes, hot });
                (strobes, hot) = (0, 0);
            }
            strobes |= 1 << index;
            hot += lit;
        }
        if strobes != 0 {
            let _ = passes.push(Pass { share, strobes, hot });
        }
    }
    passes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_light_row_takes_one_pass_and_an_empty_one_none() {
        assert!(passes(&[0; HEAD_BYTES]).is_empty());
        let mut row = [0; HEAD_BYTES];
        (row[0], row[47]) = (0xff, 0x01);
        assert_eq!(
            passes(&row)[..],
            [Pass {
                share: Share::All,
                strobes: 0b10_0001,
                hot: 9,
            }]
        );
        assert_eq!(passes(&[0xff; HEAD_BYTES]).len(), PASSES);
    }

    proptest! {
        #[test]
        fn each_dot_is_burnt_once_and_never_too_many_at_once(
            row in prop::array::uniform32(any::<u8>()), rest in prop::array::uniform16(prop_oneof![Just(0), Just(0xff), any::<u8>()]))
        {
            let mut dots = [0; HEAD_BYTES];
            dots[..32].copy_from_slice(&row);
            dots[32..].copy_from_slice(&rest);
            let mut burnt = [0; HEAD_BYTES];
            for Pass { share, strobes, hot: said } in passes(&dots) {
                let shifted = share.of(&dots);
                let mut hot = 0;
                for (index, byte) in shifted.iter().enumerate() {
                    if strobes >> (index / STROBE_BYTES) & 1 == 1 {
                        prop_assert_eq!(burnt[index] & byte, 0);
                        burnt[index] |= byte;
                        hot += byte.count_ones();
                    }
                }
                prop_assert!(hot <= AT_ONCE && hot == said);
            }
            prop_assert_eq!(burnt, dots);
        }
    }
}
