//! The WMS as a process, and requests to it.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Only ends what would hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running WMS with a folder of its own.
pub struct Wms {
    child: Child,
    pub address: SocketAddr,
    pub folder: PathBuf,
    _own: Option<TempDir>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// A folder of a test's own.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The database in a folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("floor.db")
}

/// The program with words that come before it, as a shell has them.
pub fn program(before: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("{before} exec \"$0\" \"$@\""))
        .arg(env!("CARGO_BIN_EXE_wms"));
    command
}

impl Wms {
    /// A demo floor on a new file.
    pub fn start() -> Self {
        let own = folder();
        let mut wms = Self::start_in(own.path(), "");
        wms._own = Some(own);
        wms
    }

    /// A demo floor in a folder; `before` is what the shell does first.
    pub fn start_in(folder: &Path, before: &str) -> Self {
        let mut wms = Self::spawn(folder, before);
        wms.until_served();
        wms
    }

    /// The same, not waited for.
    pub fn spawn(folder: &Path, before: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        // What would kill a program that writes beyond its limit is ignored: it sees an error, as with a full disk.
        let child = program(&format!("trap '' XFSZ; {before}"))
            .args([
                "serve",
                "--demo",
                "--key",
                "0123456789abcdef",
                "--listen",
                &address.to_string(),
            ])
            .arg("--database")
            .arg(format!("sqlite:{}", database(folder).display()))
            .stdin(Stdio::null())
            .stderr(std::fs::File::create(folder.join(format!("wms-{}.log", address.port()))).expect("a log"))
            .spawn()
            .expect("started");
        Self {
            child,
            address,
            folder: folder.to_path_buf(),
            _own: None,
        }
    }

    pub fn until_served(&mut self) {
        let begin = Instant::now();
        while self.try_ask(None, "GET", "/health", "", "").is_err() {
            assert!(self.running(), "the WMS ended: {}", self.log());
            assert!(begin.elapsed() < PATIENCE, "the WMS never answered: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn log(&self) -> String {
        let path = self.folder.join(format!("wms-{}.log", self.address.port()));
        std::fs::read_to_string(path).unwrap_or_default()
    }

    pub fn pid(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(&self.child)
    }

    pub fn running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks it to end.
    pub fn terminate(&self) {
        rustix::process::kill_process(self.pid(), rustix::process::Signal::TERM).expect("told");
    }

    /// Waits for its end.
    pub fn end(&mut self) -> ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            assert!(begin.elapsed() < PATIENCE, "it never ends: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Limits what its files may grow to (bytes), as a full disk does; none: there is room again.
    pub fn room(&self, bytes: Option<u64>) {
        let limit = rustix::process::Rlimit {
            current: bytes,
            maximum: None,
        };
        rustix::process::prlimit(Some(self.pid()), rustix::process::Resource::Fsize, limit).expect("limited");
    }

    /// A connection from one of this machine's addresses, 127.0.0.`from`.
    pub fn connect(&self, from: u8) -> std::io::Result<TcpStream> {
        let domain = rustix::net::AddressFamily::INET;
        // Closed where another test starts its program: it would count among the files of that one.
        let closed = rustix::net::SocketFlags::CLOEXEC;
        let socket = rustix::net::socket_with(domain, rustix::net::SocketType::STREAM, closed, None)?;
        let ours = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 0, 0, from)), 0);
        rustix::net::bind(&socket, &ours)?;
        rustix::net::connect(&socket, &self.address)?;
        let stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    pub fn try_ask(
        &self,
        cookie: Option<&str>,
        method: &str,
        path: &str,
        kind: &str,
        body: &str,
    ) -> std::io::Result<Answer> {
        self.ask_from(1, cookie, method, path, kind, body)
    }

    pub fn ask_from(
        &self,
        from: u8,
        cookie: Option<&str>,
        method: &str,
        path: &str,
        kind: &str,
        body: &str,
    ) -> std::io::Result<Answer> {
        let mut stream = self.connect(from)?;
        let cookie = cookie.map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
        let accept = if kind.is_empty() { "Accept: text/html\r\n" } else { "" };
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nHost: {}\r\n{cookie}{accept}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )?;
        let mut all = Vec::new();
        stream.read_to_end(&mut all)?;
        let all = String::from_utf8_lossy(&all);
        let (head, body) = all.split_once("\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Ok(Answer {
            status: status.ok_or(std::io::ErrorKind::InvalidData)?,
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }

    pub fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.try_ask(cookie, "GET", path, "", "").expect("an answer")
    }

    pub fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        self.try_ask(Some(cookie), "POST", path, "application/json", body)
            .expect("an answer")
    }

    /// One of the demo's people.
    pub fn sign_in(&self, login: &str) -> String {
        let form = "application/x-www-form-urlencoded";
        let answer = self.try_ask(None, "POST", "/sign-in/demo", form, &format!("login={login}"));
        let answer = answer.expect("an answer");
        let cookies = answer.head.lines().filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            (name.eq_ignore_ascii_case("set-cookie")).then(|| value.split(';').next().unwrap_or_default().to_owned())
        });
        let cookies: Vec<String> = cookies.collect();
        assert!(!cookies.is_empty(), "{answer:?}\n{}", self.log());
        cookies.join("; ")
    }

    /// A drill at a station.
    pub fn run(&self, cookie: &str, station: i64) -> i64 {
        let start = format!("{{\"scenario\":\"first-drill\",\"station\":{station}}}");
        let answer = self.post("/api/runs", cookie, &start);
        assert_eq!(answer.status, 200, "{answer:?}");
        let head: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        head["id"].as_i64().expect("a number")
    }

    /// Scans a code by hand.
    pub fn scan(&self, cookie: &str, run: i64, source: &str, code: &str) -> Answer {
        let act = format!("{{\"source\":\"{source}\",\"act\":{{\"do\":\"scan\",\"code\":\"{code}\"}}}}");
        self.post(&format!("/api/runs/{run}/acts"), cookie, &act)
    }

    /// Number of a run's last act, as the API says it.
    pub fn last_act(&self, cookie: &str, run: i64) -> i64 {
        let answer = self.try_ask(Some(cookie), "GET", &format!("/api/runs/{run}"), "application/json", "");
        let answer = answer.expect("an answer");
        assert_eq!(answer.status, 200, "{answer:?}");
        let state: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        state["last_act"].as_i64().expect("a number")
    }

    /// Waits until `/health` has this status.
    pub fn until_health(&self, status: u16) -> Answer {
        let begin = Instant::now();
        loop {
            let answer = self.get("/health", None);
            if answer.status == status {
                return answer;
            }
            assert!(begin.elapsed() < PATIENCE, "health stays {answer:?}\n{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Wms {
    fn drop(&mut self) {
        self.kill();
    }
}
