//! Lights in a chain, written to only when they change.

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

    /// Shows these values, if they differ from what is shown.
    pub async fn show(&mut self, values: &[Rgb; N]) {
        if self.shown.as_ref() != Some(values) {
            self.chain.write(values).await;
            self.shown = Some(*values);
        }
    }
}
