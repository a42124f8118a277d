//! The local status port: `/metrics` for Prometheus, `/status` as JSON for the doctor and for programs.

use std::{net::SocketAddr, sync::OnceLock};

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
};
use tokio_util::sync::CancellationToken;

use crate::{hub::StatusRequest, words::Text};

/// Upper bounds of the histograms, in seconds: from a write to a fast disk to a WMS that is catching up.
const BUCKETS: [f64; 12] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// Opens the port and serves it until `stop`; gives the address it has.
///
/// # Errors
/// The port can't be opened; what to do, in words.
pub async fn serve(
    address: SocketAddr,
    asks: mpsc::Sender<StatusRequest>,
    stop: CancellationToken,
) -> Result<SocketAddr, Text> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Text::new("status-port-in-use").with("address", address),
        _ => Text::new("status-port").with("address", address).with("cause", error),
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let router = Router::new()
        .route("/status", get(status))
        .route(
            "/metrics",
            get(async || ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], rendered())),
        )
        .with_state(asks);
    install();
    tokio::spawn(async move {
        let served = axum::serve(listener, router)
            .with_graceful_shutdown(stop.cancelled_owned())
            .await;
        if let Err(error) = served {
            tracing::error!(%error, "the status port failed");
        }
    });
    Ok(address)
}

async fn status(State(asks): State<mpsc::Sender<StatusRequest>>) -> Response {
    let (answer, status) = oneshot::channel();
    if asks.send(answer).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match status.await {
        Ok(status) => Json(status).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Metrics are one for the process; a second gateway in it (tests) shares them.
fn install() {
    HANDLE.get_or_init(|| {
        let seconds = Matcher::Suffix("_seconds".to_owned());
        let built = PrometheusBuilder::new()
            .set_buckets_for_metric(seconds, &BUCKETS)
            .map(PrometheusBuilder::install_recorder);
        match built {
            Ok(Ok(handle)) => Some(handle),
            Ok(Err(error)) | Err(error) => {
                tracing::error!(%error, "no metrics");
                None
            }
        }
    });
}

fn rendered() -> String {
    let Some(Some(handle)) = HANDLE.get() else {
        return String::new();
    };
    handle.run_upkeep();
    handle.render()
}
