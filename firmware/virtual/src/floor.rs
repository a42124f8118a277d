//! The whole: stations, their nodes' thread, the panel.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::args::Args;
use crate::codes::{Codes, CodesError};
use crate::host::Host;
use crate::panel;
use crate::station::Station;

/// A floor that runs until it is stopped or dropped.
pub struct Floor {
    panel: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
    host: Host,
}

/// Why a floor can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The codes file is not usable.
    #[error(transparent)]
    Codes(#[from] CodesError),
    /// A folder can't be made.
    #[error("folder {path} can't be made: {error}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The panel's address can't be used.
    #[error("the front panel can't listen at {address}: {error}. Another one may be running: choose another --panel")]
    Panel {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The nodes' thread can't be started.
    #[error("the nodes can't be started: {0}")]
    Nodes(io::Error),
}

impl Floor {
    /// Starts panel and nodes; their ports appear soon after.
    ///
    /// # Errors
    /// When a file, folder, address or thread is not to be had.
    pub async fn start(args: Args) -> Result<Self, StartError> {
        let codes = args.codes.as_deref().map(Codes::read).transpose()?.unwrap_or_default();
        for path in [Some(&args.ports), args.data.as_ref()].into_iter().flatten() {
            std::fs::create_dir_all(path).map_err(|error| StartError::Folder {
                path: path.clone(),
                error,
            })?;
        }
        let not_there = |error| StartError::Panel {
            address: args.panel,
            error,
        };
        let listener = TcpListener::bind(args.panel).await.map_err(not_there)?;
        let address = listener.local_addr().map_err(not_there)?;
        let (stations, jobs): (Vec<_>, Vec<_>) = (1..=args.stations)
            .map(|number| Station::new(number, &args.ports, args.data.as_deref()))
            .unzip();
        let host = Host::start(jobs.into_iter().flatten().collect()).map_err(StartError::Nodes)?;
        let (stop, stopped) = oneshot::channel();
        let app = panel::router(Arc::new(panel::Seen { stations, codes }));
        let server = tokio::spawn(async move {
            let serve = axum::serve(listener, app);
            tokio::select! {
                served = serve => if let Err(error) = served {
                    tracing::error!(%error, "the front panel has ended");
                },
                // Open event streams would hold a graceful end up for ever.
                _ = stopped => {}
            }
        });
        Ok(Self {
            panel: address,
            stop,
            server,
            host,
        })
    }

    /// Where the panel is; tells the port when `--panel` left it open (`127.0.0.1:0`).
    #[must_use]
    pub fn panel(&self) -> SocketAddr {
        self.panel
    }

    /// Ends panel and nodes and takes the ports' names away.
    pub async fn stop(self) {
        drop(self.stop);
        let _ = self.server.await;
        let host = self.host;
        let _ = tokio::task::spawn_blocking(move || drop(host)).await;
    }
}
