//! `virtual-floor`: see the library.

use std::process::ExitCode;

use clap::Parser;
use virtual_floor::{Args, Floor};

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "virtual_floor=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let floor = match Floor::start(Args::parse()).await {
        Ok(floor) => floor,
        Err(error) => {
            eprintln!("virtual-floor: {error}");
            return ExitCode::FAILURE;
        }
    };
    tracing::info!(panel = %format!("http://{}", floor.panel()), "the floor stands");
    ended().await;
    floor.stop().await;
    ExitCode::SUCCESS
}

/// Waits for Ctrl-C or a polite request to end.
async fn ended() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
