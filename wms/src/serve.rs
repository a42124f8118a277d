//! Connections: how many there may be, how long they may say nothing, and how they end.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn_with_state, map_request};
use axum::response::Response;
use axum::{BoxError, Router};
use futures_util::StreamExt;
use futures_util::stream::unfold;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;
use tower::Service;

/// How long a guest may take to say what it wants, and may say nothing between two requests.
const SILENCE: Duration = Duration::from_secs(15);
/// How long those who are being answered when the server ends may take to hear it.
const FAREWELL: Duration = Duration::from_secs(3);
/// Files that connections leave to everything else: database, log, listener.
const OTHER_FILES: u64 = 64;
/// Most connections at all, and of one address: a school behind one address or proxy fits in.
const MOST: u64 = 16_384;
const MOST_OF_ONE: u64 = 2_048;

/// Says that the server is ending, and knows when those it concerns have gone.
#[derive(Clone, Debug)]
pub struct Ending(Arc<watch::Sender<bool>>);

/// What somebody holds that must end with the server; the server waits a little for it.
#[derive(Debug)]
pub struct Stay(watch::Receiver<bool>);

impl Default for Ending {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Ending {
    /// For whoever stays longer than one request.
    pub fn stay(&self) -> Stay {
        Stay(self.0.subscribe())
    }

    /// Tells everyone.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Waits until all have gone.
    pub async fn gone(&self) {
        self.0.closed().await;
    }
}

impl Stay {
    /// Comes back when the server is ending.
    pub async fn over(&mut self) {
        // Nobody left to tell it means the same.
        let _ = self.0.wait_for(|over| *over).await;
    }
}

/// Ends the streams that keep pages alive, or an open page would keep the server from ending; and gives up requests whose
/// body does not come.
pub fn with_streams_that_end(router: Router, ending: &Ending) -> Router {
    let router = router.layer(map_request(in_time));
    router.layer(from_fn_with_state(ending.clone(), end_streams))
}

/// A body comes in pieces, and none is waited for too long.
async fn in_time(request: Request) -> Request {
    if request.body().is_end_stream() {
        return request;
    }
    request.map(|body| {
        let pieces = unfold(body.into_data_stream(), async |mut body| {
            let piece = match timeout(SILENCE, body.next()).await {
                Ok(piece) => piece?.map_err(BoxError::from),
                Err(late) => Err(late.into()),
            };
            Some((piece, body))
        });
        Body::from_stream(pieces)
    })
}

async fn end_streams(State(ending): State<Ending>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| !kind.as_bytes().starts_with(b"text/event-stream")) {
        return response;
    }
    let mut stay = ending.stay();
    let (head, body) = response.into_parts();
    let until = Box::pin(async move { stay.over().await });
    Response::from_parts(head, Body::from_stream(body.into_data_stream().take_until(until)))
}

/// Who is connected.
#[derive(Clone)]
struct Guests {
    all: Arc<Semaphore>,
    of_one: u64,
    here: Arc<Mutex<HashMap<IpAddr, u64>>>,
    /// Behind these are many.
    proxies: Arc<[IpAddr]>,
}

/// One connection's place; given back when it is dropped.
struct Place {
    guests: Guests,
    address: Option<IpAddr>,
    _all: OwnedSemaphorePermit,
}

impl Guests {
    fn new(files: u64, proxies: &[IpAddr]) -> Self {
        let most = files.saturating_sub(OTHER_FILES).clamp(16, MOST);
        Self {
            all: Arc::new(Semaphore::new(usize::try_from(most).unwrap_or(16))),
            of_one: (most / 2).min(MOST_OF_ONE),
            here: Arc::default(),
            proxies: proxies.into(),
        }
    }

    /// None: there are too many of this address.
    fn place(&self, all: OwnedSemaphorePermit, address: IpAddr) -> Option<Place> {
        let address = (!self.proxies.contains(&address)).then_some(address);
        if let Some(address) = address {
            let mut here = self.here.lock().unwrap_or_else(PoisonError::into_inner);
            let count = here.entry(address).or_default();
            if *count >= self.of_one {
                return None;
            }
            *count += 1;
        }
        Some(Place {
            guests: self.clone(),
            address,
            _all: all,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut here = self.guests.here.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = here.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                here.remove(&address);
            }
        }
    }
}

/// Serves until it is asked to end, then lets answers on their way out and ends all else.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    proxies: &[IpAddr],
    ending: &Ending,
    asked_to_end: impl Future<Output = ()>,
) {
    let guests = Guests::new(raise_file_limit(), proxies);
    let mut make = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut asked_to_end = std::pin::pin!(asked_to_end);
    let mut told = false;
    loop {
        let next = async {
            // A place first: who does not fit waits in the system's queue.
            let all = Arc::clone(&guests.all).acquire_owned().await;
            (all, listener.accept().await)
        };
        let (all, accepted) = tokio::select! {
            () = &mut asked_to_end => break,
            next = next => next,
        };
        let Ok(all) = all else { break };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // The guest has gone, or there are no files left: both pass.
                tracing::debug!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Some(place) = guests.place(all, address.ip()) else {
            if !std::mem::replace(&mut told, true) {
                tracing::warn!(%address, most = guests.of_one, "too many connections of one address; more are closed");
            }
            continue;
        };
        let Ok(service) = make.call(address).await;
        attend(stream, TowerToHyperService::new(service), place, ending.stay());
    }
    drop(listener);
    ending.begin();
    if timeout(FAREWELL, ending.gone()).await.is_err() {
        tracing::info!("some did not say goodbye");
    }
}

fn attend<S>(stream: TcpStream, service: TowerToHyperService<S>, place: Place, mut stay: Stay)
where
    S: Service<axum::http::Request<hyper::body::Incoming>, Response = Response> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    // A press's answer and the lights that follow it are small messages: none waits for the other's acknowledgement.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SILENCE)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::spawn(async move {
        let _place = place;
        let mut connection = std::pin::pin!(connection);
        let done = tokio::select! {
            done = connection.as_mut() => done,
            () = stay.over() => {
                // What is being answered is, and nothing more is asked.
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = done {
            tracing::debug!(%error, "a connection ended");
        }
    });
}

/// Raises the number of files this process may open to what the system allows it, and says how many that is.
fn raise_file_limit() -> u64 {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    let before = limit.current;
    limit.current = limit.maximum;
    match setrlimit(Resource::Nofile, limit) {
        Ok(()) => limit.maximum.unwrap_or(u64::MAX),
        Err(error) => {
            tracing::warn!(%error, files = before, "the limit of open files can't be raised");
            before.unwrap_or(u64::MAX)
        }
    }
}
