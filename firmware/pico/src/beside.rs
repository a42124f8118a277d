//! Work that has a task of its own: what wakes one task costs the others nothing.

use core::pin::Pin;

use embassy_executor::{SpawnError, Spawner};

use crate::board::crash;

/// Work of any kind.
type Work = Pin<&'static mut dyn Future<Output = ()>>;

/// The board of a node, the row of a bridge, the keeper.
#[embassy_executor::task(pool_size = 3)]
async fn beside(work: Work) {
    work.await;
    // All of it goes on for ever, or until the node is to start again.
    crash::restart()
}

/// Starts `work` beside the task that calls. When it ends, the chip starts again.
///
/// # Errors
/// When there are too many.
#[allow(unsafe_code, reason = "see SAFETY")]
pub fn spawn(spawner: Spawner, work: Pin<&mut (dyn Future<Output = ()> + '_)>, _: &Forever) -> Result<(), SpawnError> {
    // SAFETY: who calls promises never to return (`Forever`), and executors do not drop tasks: what the work borrows stays.
    let work = unsafe { core::mem::transmute::<Pin<&mut (dyn Future<Output = ()> + '_)>, Work>(work) };
    spawner.spawn(beside(work)?);
    Ok(())
}

/// A promise: the caller's frame, with all that work beside it borrows, is never left.
pub struct Forever(());

impl Forever {
    /// # Safety
    /// The caller's frame must stay until the chip starts again: it does not return, and nobody drops its future.
    #[allow(unsafe_code, reason = "the promise")]
    pub const unsafe fn promised() -> Self {
        Self(())
    }
}
