//! Lights in a chain, written to when they change, and when what they show is no longer to be trusted.

use crate::chip::LightChain;
use crate::colour::Rgb;

/// A chain of `N` lights.
pub struct Lights<C, const N: usize> {
    chain: C,
    shown: Option<[Rgb; N]>,
}

impl<C: LightChain<N>, const N: usize> Lights<C, N> {
    /// The chain, not yet written to: what it shows is unknown.
    pub const fn new(chain: C) -> Self {
        Self { chain, shown: None }
    }

    /// What is shown may have changed by itself: the next call of [`Self::show`] writes it.
    pub const fn doubt(&mut self) {
        self.shown = None;
    }

    /// Shows these values, if they differ from what is shown.
    pub async fn show(&mut self, values: &[Rgb; N]) {
        if self.shown.as_ref() != Some(values) {
            self.chain.write(values).await;
            self.shown = Some(*values);
        }
    }
}
