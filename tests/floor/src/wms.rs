//! A person at the WMS: signed in, through its JSON API.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// Someone who is signed in.
pub struct Person {
    http: reqwest::Client,
    url: String,
    acts: AtomicU64,
}

impl Person {
    /// Signs in as one of the demo's people (`zhang` of the first group, `wang` of the second, `chen` the teacher …).
    ///
    /// # Errors
    /// When the WMS does not let them in.
    pub async fn sign_in(url: &str, login: &str) -> Result<Self> {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let answer = http
            .post(format!("{url}/sign-in/demo"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("login={login}"))
            .send()
            .await?;
        ensure!(
            answer.status().is_redirection(),
            "sign-in as {login}: {}",
            answer.status()
        );
        Ok(Self {
            http,
            url: url.to_owned(),
            acts: AtomicU64::new(1),
        })
    }

    /// Reads.
    ///
    /// # Errors
    /// When the WMS refuses; says how.
    pub async fn get(&self, path: &str) -> Result<Value> {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "GET {path}: {status} {text}");
        serde_json::from_str(&text).with_context(|| format!("GET {path}: {text}"))
    }

    /// Reads a page or a file as it is.
    ///
    /// # Errors
    /// When the WMS refuses.
    pub async fn page(&self, path: &str) -> Result<Vec<u8>> {
        let answer = self
            .http
            .get(format!("{}{path}", self.url))
            .header("accept", "text/html")
            .send()
            .await?;
        let status = answer.status();
        ensure!(status.is_success(), "GET {path}: {status}");
        Ok(answer.bytes().await?.to_vec())
    }

    /// Hears what a page hears, piece by piece.
    ///
    /// # Errors
    /// When the WMS refuses.
    pub async fn stream(&self, path: &str) -> Result<reqwest::Response> {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "GET {path}: {status}");
        Ok(answer)
    }

    /// Reads a page, or the way to another where it leads on; nothing then.
    ///
    /// # Errors
    /// When the WMS refuses.
    pub async fn page_or_way(&self, path: &str) -> Result<Vec<u8>> {
        let page = self
            .http
            .get(format!("{}{path}", self.url))
            .header("accept", "text/html");
        let answer = page.send().await?;
        let status = answer.status();
        ensure!(status.is_success() || status.is_redirection(), "GET {path}: {status}");
        Ok(answer.bytes().await?.to_vec())
    }

    /// Changes something; also gives the status of a refusal.
    ///
    /// # Errors
    /// When the WMS does not answer.
    pub async fn try_post(&self, path: &str, body: &Value) -> Result<(u16, Value)> {
        let answer = self.http.post(format!("{}{path}", self.url)).json(body).send().await?;
        let (status, text) = (answer.status().as_u16(), answer.text().await?);
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    /// Changes something.
    ///
    /// # Errors
    /// When the WMS refuses; says how.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let (status, answer) = self.try_post(path, body).await?;
        ensure!(status == 200, "POST {path} {body}: {status} {answer}");
        Ok(answer)
    }

    /// Starts the first drill at a station and gives the run's number.
    ///
    /// # Errors
    /// When the WMS refuses.
    pub async fn start_drill(&self, station: u8) -> Result<i64> {
        let run = self
            .post("/api/runs", &json!({ "scenario": "first-drill", "station": station }))
            .await?;
        run["id"].as_i64().context("a run has a number")
    }

    /// A run as it stands.
    ///
    /// # Errors
    /// When the WMS refuses.
    pub async fn run(&self, run: i64) -> Result<Value> {
        self.get(&format!("/api/runs/{run}")).await
    }

    /// An act on a page of the run.
    ///
    /// # Errors
    /// When the WMS refuses.
    pub async fn act(&self, run: i64, act: &Value) -> Result<Value> {
        let number = self.acts.fetch_add(1, Ordering::Relaxed);
        let body = json!({ "source": format!("test-{number}"), "act": act });
        self.post(&format!("/api/runs/{run}/acts"), &body).await
    }

    /// Gives a device to a station, on the devices page.
    ///
    /// # Errors
    /// When the WMS refuses.
    pub async fn assign(&self, device: &str, station: u8) -> Result<()> {
        let page = String::from_utf8(self.page("/devices").await?)?;
        let token = page.split("name=\"form_token\" value=\"").nth(1);
        let token = token.and_then(|rest| rest.split('"').next()).context("a form")?;
        let answer = self
            .http
            .post(format!("{}/devices/{device}/station", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("form_token={token}&station={station}"))
            .send()
            .await?;
        ensure!(
            answer.status().is_redirection(),
            "{device} to station {station}: {}",
            answer.status()
        );
        Ok(())
    }

    /// Asserts that ledger, balances and papers of a run agree.
    ///
    /// # Errors
    /// Where they don't, with the differences.
    pub async fn prove(&self, run: i64) -> Result<Value> {
        let report = self.get(&format!("/api/runs/{run}/check")).await?;
        let none = report["differences"].as_array().is_some_and(Vec::is_empty);
        ensure!(none, "ledger, balances and papers differ: {report}");
        Ok(report)
    }
}
