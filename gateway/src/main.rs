//! The `gateway` program.

use std::{io::IsTerminal, net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, Parser, Subcommand};
use device_profiles::{Fault, Profiles};
use gateway::{
    clock::Clock,
    config::{self, Config, OutboxConfig, PortConfig, StatusConfig, WmsConfig},
    diagnostics::{doctor, report},
    hub,
    words::{Lang, Text, fault_text},
};
use tokio_util::sync::CancellationToken;

/// 仓训网关：把实训场的设备接到 WMS · Joins a training floor's devices to the WMS
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// 语言 · language: zh | en
    #[arg(long, global = true)]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 运行 · run
    Run(Place),
    /// 诊断：端口、设备、版本、故障 · list ports, devices, versions and faults in words
    Doctor(Place),
    /// 设备档案 · device profiles
    #[command(subcommand)]
    Profile(ProfileCommand),
}

#[derive(Subcommand)]
enum ProfileCommand {
    /// 检查档案文件 · check a profile file
    Check {
        /// TOML
        files: Vec<PathBuf>,
    },
    /// 列出内置档案 · list the profiles that are part of the program
    List,
}

#[derive(Args)]
struct Place {
    /// 配置文件 · configuration file (see gateway.example.toml)
    #[arg(long)]
    config: Option<PathBuf>,
    /// WMS：ws://主机:端口/uplink · the WMS: ws://host:port/uplink
    #[arg(long)]
    wms: Option<String>,
    /// 登记密钥 · enrolment key
    #[arg(long, env = "CANGXUN_ENROLMENT_KEY", hide_env_values = true)]
    key: Option<String>,
    /// 数据文件夹 · data folder
    #[arg(long)]
    data: Option<PathBuf>,
    /// 端口：设备文件、文件夹、通配符、tcp:主机:端口 · ports: device file, folder, pattern, tcp:host:port
    #[arg(long, num_args = 1..)]
    ports: Vec<String>,
    /// 本机状态端口 · local status port (/metrics, /status)
    #[arg(long)]
    metrics: Option<SocketAddr>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = cli.lang.unwrap_or_else(Lang::of_environment);
    let done = match cli.command {
        Command::Run(place) => run(place, cli.lang, lang),
        Command::Doctor(place) => examine(place, lang),
        Command::Profile(command) => profile(command, lang),
    };
    match done {
        Ok(code) => code,
        Err(text) => {
            eprintln!("{}", text.say(lang));
            ExitCode::FAILURE
        }
    }
}

impl Place {
    /// The configuration: the file, where there is one, with what the flags say put over it.
    fn config(self, lang: Option<Lang>) -> Result<Config, Text> {
        let mut config = match &self.config {
            Some(path) => Config::read(path).map_err(|fault| fault_text(&fault))?,
            None => Config {
                language: Lang::of_environment(),
                data: self
                    .data
                    .clone()
                    .ok_or_else(|| Text::new("flag-missing").with("flag", "--data"))?,
                wms: WmsConfig {
                    url: self
                        .wms
                        .clone()
                        .ok_or_else(|| Text::new("flag-missing").with("flag", "--wms"))?,
                    key: self
                        .key
                        .clone()
                        .ok_or_else(|| Text::new("flag-missing").with("flag", "--key"))?,
                },
                outbox: OutboxConfig::default(),
                status: StatusConfig::default(),
                ports: Vec::new(),
                profiles: None,
            },
        };
        if let Some(url) = self.wms {
            config.wms.url = url;
        }
        if !config::is_websocket(&config.wms.url) {
            return Err(Text::new("flag-wms").with("url", &config.wms.url));
        }
        if let Some(key) = self.key {
            config.wms.key = key;
        }
        if let Some(data) = self.data {
            config.data = data;
        }
        if let Some(listen) = self.metrics {
            config.status.listen = listen;
        }
        if let Some(lang) = lang {
            config.language = lang;
        }
        for place in self.ports {
            if !config::is_place(&place) {
                return Err(Text::new("flag-ports").with("place", place));
            }
            config.ports.push(PortConfig::of_place(place));
        }
        Ok(config)
    }
}

fn profiles(config: &Config) -> Result<Profiles, Text> {
    let told = |fault: Fault| fault_text(&fault);
    let mut profiles = Profiles::embedded().map_err(told)?;
    if let Some(folder) = &config.profiles {
        profiles.add_folder(folder).map_err(told)?;
    }
    Ok(profiles)
}

/// Threads for what may block (opening and closing ports, looking for them), at most; they end when idle.
const BLOCKING: usize = 128;
/// How long the end waits for what blocks: a port whose device hangs may be long in closing.
const ENDING: Duration = Duration::from_millis(500);

/// Runs this on one thread, which carries everything: a floor's traffic is small, and a press never waits for another
/// thread to wake.
fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Text> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let built = builder.enable_all().max_blocking_threads(BLOCKING).build();
    let runtime = built.map_err(|error| Text::new("no-runtime").with("cause", error))?;
    let done = runtime.block_on(future);
    runtime.shutdown_timeout(ENDING);
    Ok(done)
}

/// A port takes two file descriptors, and the usual limit is 1,024; the system lets a program go beyond it that asks.
fn many_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let wished = Rlimit {
        current: maximum,
        maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, wished) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}

fn run(place: Place, flag: Option<Lang>, lang: Lang) -> Result<ExitCode, Text> {
    let config = place.config(flag)?;
    let profiles = profiles(&config)?;
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    many_files();
    block_on(async {
        let stop = CancellationToken::new();
        tokio::spawn(signals(stop.clone()));
        hub::run(config, profiles, stop).await
    })??;
    eprintln!("{}", Text::new("stopped").say(lang));
    Ok(ExitCode::SUCCESS)
}

async fn signals(stop: CancellationToken) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("no signal can be caught; end this process by SIGKILL, nothing is lost by it");
        return;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    stop.cancel();
}

fn examine(mut place: Place, lang: Lang) -> Result<ExitCode, Text> {
    // Where the WMS is does not matter to a doctor.
    if place.config.is_none() {
        place.wms.get_or_insert_with(|| "ws://-/".to_owned());
        place.key.get_or_insert_with(|| "-".to_owned());
        if place.data.is_none() && !place.ports.is_empty() {
            place.data = Some(PathBuf::new());
        }
    }
    let config = place.config(Some(lang))?;
    let profiles = profiles(&config)?;
    let (source, status) = block_on(doctor::examine(Some(&config.data), config.ports, profiles, lang))?;
    let heading = match source {
        doctor::Source::Running(address) => Text::new("doctor-running").with("address", address),
        doctor::Source::Own => Text::new("doctor-own"),
    };
    println!("{}", heading.say(lang));
    for line in report::lines(&status, Clock::default().unix(), lang) {
        println!("{line}");
    }
    Ok(if report::is_well(&status) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

fn profile(command: ProfileCommand, lang: Lang) -> Result<ExitCode, Text> {
    match command {
        ProfileCommand::List => {
            for profile in Profiles::embedded().map_err(|fault| fault_text(&fault))?.iter() {
                let name = if lang == Lang::Zh {
                    &profile.name.zh
                } else {
                    &profile.name.en
                };
                println!("{}  {name}", profile.model);
            }
            Ok(ExitCode::SUCCESS)
        }
        ProfileCommand::Check { files } => {
            let mut code = ExitCode::SUCCESS;
            for path in files {
                let file = path.display().to_string();
                let read = text_file::read(&path).map_err(|error| Fault::unread(&file, error));
                match read.and_then(|text| device_profiles::read_profile(&file, &text)) {
                    Ok(profile) => {
                        println!(
                            "{}",
                            Text::new("profile-well")
                                .with("file", &file)
                                .with("model", profile.model)
                                .say(lang)
                        );
                    }
                    Err(fault) => {
                        code = ExitCode::FAILURE;
                        eprintln!("{}", fault_text(&fault).say(lang));
                    }
                }
            }
            Ok(code)
        }
    }
}
