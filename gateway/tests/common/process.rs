//! The gateway as a process.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

/// `gateway` with these words, in English.
pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gateway"));
    command
        .args(words)
        .stdin(Stdio::null())
        .env_remove("RUST_LOG")
        .env("LC_ALL", "en_GB.UTF-8");
    command
}

/// Runs it to its end.
pub fn output(words: &[&str]) -> Output {
    command(words).output().unwrap()
}

/// What it said in the end, where it failed.
pub fn complaint(words: &[&str]) -> String {
    let output = output(words);
    assert!(!output.status.success(), "{words:?} went well");
    String::from_utf8(output.stderr).unwrap()
}

/// A running gateway, killed when this is dropped.
pub struct Running(pub std::process::Child);

impl Running {
    pub fn start(wms: std::net::SocketAddr, data: &Path, ports: &[&str]) -> Self {
        let (url, data) = (format!("ws://{wms}/uplink"), data.display().to_string());
        let mut words = vec!["run", "--wms", &url, "--key", super::wms::KEY, "--data", &data];
        words.extend(["--metrics", "127.0.0.1:0", "--ports"]);
        words.extend(ports);
        Self(command(&words).stderr(Stdio::null()).spawn().unwrap())
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
