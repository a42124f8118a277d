//! Runs nodes: all on one thread with an executor of its own, as each has its own chip.

use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use link::message::{BootId, Firmware, NodeKind, Settings};
use link::node::{Identity, Line};
use nodes::{Board, Clock, Device, Node, run};
use tokio::sync::oneshot;
use tokio::task::LocalSet;

use crate::clock::HostClock;
use crate::hardware::Part;
use crate::port::Port;
use crate::store::FileStore;

/// Events a virtual node keeps until they are committed: as many as the chips do.
pub const KEEP: usize = 128;
/// Between two looks at a node's link, for the panel.
const LOOK: Duration = Duration::from_millis(100);

/// Something to run on the nodes' thread: made there, because a node doesn't move between threads.
pub type Job = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = ()>>> + Send>;

/// The nodes' thread.
pub struct Host {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Host {
    /// Starts all of them.
    ///
    /// # Errors
    /// When thread or executor can't be made.
    pub fn start(jobs: Vec<Job>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("nodes".into()).spawn(move || {
            let nodes = LocalSet::new();
            for job in jobs {
                nodes.spawn_local(job());
            }
            // Dropping the nodes takes their ports' names away.
            let _ = nodes.block_on(&runtime, stopped);
        })?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the nodes' thread has panicked");
        }
    }
}

/// A node, boot after boot.
pub fn node<S, D, B>(
    part: Arc<Part<S>>,
    ports: &Path,
    store: FileStore,
    device: impl Fn() -> D + Send + 'static,
    board: impl Fn(Arc<Part<S>>) -> B + Send + 'static,
) -> Job
where
    S: Send + 'static,
    D: Device + 'static,
    B: Board<D> + 'static,
{
    let name = ports.join(&part.name);
    Box::new(move || {
        Box::pin(async move {
            let mut port = Port::new(name, part.plugged.subscribe());
            loop {
                let clock = HostClock::boot();
                let settings = store.load();
                let node = RefCell::new(boot(&part, device(), settings));
                tokio::select! {
                    () = run(&node, &mut port, board(Arc::clone(&part)), &clock, store.clone(), &()) => {}
                    () = watch(&part, &node, &clock) => {}
                    () = part.is_reset() => {}
                }
            }
        })
    })
}

fn boot<S, D: Device>(part: &Part<S>, device: D, settings: Settings) -> Node<D, KEEP> {
    let mut random = [0; 4];
    if let Err(error) = getrandom::fill(&mut random) {
        tracing::warn!(%error, "no randomness for a boot id");
    }
    let boot = BootId(u32::from_le_bytes(random));
    let identity = Identity {
        kind: D::KIND,
        units: device.units(),
        uid: part.uid,
        firmware: firmware(),
        settings_crc: 0,
        boot,
        reset: part.take_reason(),
    };
    part.tell_about(|about| {
        about.boot = boot.0;
        about.connected = false;
        about.unacknowledged = 0;
    });
    Node::new(identity, Line::Duplex, "", device, settings)
}

/// This crate's version stands for the image's.
fn firmware() -> Firmware {
    let part = |text: &str| text.parse().unwrap_or(0);
    Firmware {
        major: part(env!("CARGO_PKG_VERSION_MAJOR")),
        minor: part(env!("CARGO_PKG_VERSION_MINOR")),
        patch: part(env!("CARGO_PKG_VERSION_PATCH")),
        git: [0; 4],
    }
}

/// Lets the panel know how the node's link is.
async fn watch<S, D: Device>(part: &Part<S>, node: &RefCell<Node<D, KEEP>>, clock: &HostClock) {
    loop {
        let (connected, unacknowledged) = {
            let node = node.borrow();
            (node.link().is_connected(clock.now()), node.link().unacknowledged())
        };
        let about = part.about();
        if (about.connected, about.unacknowledged) != (connected, unacknowledged) {
            part.tell_about(|about| {
                about.connected = connected;
                about.unacknowledged = unacknowledged;
            });
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Names of the devices of a station, as ports and paths have them.
pub const fn device_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Shelf => "shelf",
        NodeKind::Scanner => "scanner",
        NodeKind::Printer => "printer",
        NodeKind::Scale => "scale",
        NodeKind::Bridge => "bridge",
    }
}
