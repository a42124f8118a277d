//! The front panel's API: the hands of a student on the virtual nodes.

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// One station's virtual devices.
#[derive(Clone)]
pub struct Panel {
    http: reqwest::Client,
    base: String,
}

impl Panel {
    /// The panel of a station (from 1) at `http://…`.
    #[must_use]
    pub fn new(panel: &str, station: u8) -> Self {
        Self {
            http: reqwest::Client::new(),
            base: format!("{panel}/api/stations/{station}"),
        }
    }

    /// Everything the station's devices show.
    ///
    /// # Errors
    /// When the panel does not answer.
    pub async fn look(&self) -> Result<Value> {
        Ok(self
            .http
            .get(&self.base)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?)
    }

    /// Holds a code before the scanner.
    ///
    /// # Errors
    /// When the panel refuses.
    pub async fn scan(&self, code: &str) -> Result<()> {
        self.post("scanner/scan", json!({ "code": code })).await
    }

    /// Presses a key: `confirm`, `plus` or `minus`; position from 0.
    ///
    /// # Errors
    /// When the panel refuses.
    pub async fn press(&self, position: usize, key: &str) -> Result<()> {
        self.post("shelf/keys", json!({ "position": position, "key": key }))
            .await
    }

    /// Puts this much on the scale.
    ///
    /// # Errors
    /// When the panel refuses.
    pub async fn weigh(&self, grams: i64) -> Result<()> {
        self.post("scale", json!({ "grams": grams })).await
    }

    /// Any other act, by its path below the station.
    ///
    /// # Errors
    /// When the panel refuses.
    pub async fn post(&self, path: &str, body: Value) -> Result<()> {
        let answer = self
            .http
            .post(format!("{}/{path}", self.base))
            .json(&body)
            .send()
            .await?;
        let status = answer.status();
        let text = answer.text().await?;
        anyhow::ensure!(status.is_success(), "panel {path} {body}: {status} {text}");
        Ok(())
    }

    /// The picture of the `n`-th label that came out, as PNG.
    ///
    /// # Errors
    /// When there is none.
    pub async fn label(&self, n: usize) -> Result<Vec<u8>> {
        let url = format!("{}/printer/labels/{n}.png", self.base);
        let answer = self
            .http
            .get(url)
            .send()
            .await?
            .error_for_status()
            .context("no such label")?;
        Ok(answer.bytes().await?.to_vec())
    }
}
