use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use node::Node;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::directory::Directory;
use crate::hold::Hold;
use crate::said::say;
use crate::settings::Settings;
use crate::undone::Undone;

/// Start a node: pages, the interface for programs, and the record's read paths on one port.
///
/// It stops on Ctrl-C or SIGTERM, after answering what was asked.
#[derive(Args)]
#[command(after_help = "Examples:
  artel serve
  artel serve --listen 0.0.0.0:8080    reachable in the local network
  artel serve --listen 127.0.0.1:0     any free port; the address is printed")]
pub(crate) struct Serve {
    #[command(flatten)]
    directory: Directory,
    #[command(flatten)]
    listen: Listen,
}

/// Where a node listens.
#[derive(Args)]
pub(crate) struct Listen {
    /// The address to listen on [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS", env = "ARTEL_LISTEN")]
    listen: Option<String>,
}

/// Where a node listens if nothing is said: on this machine only.
const LISTEN: &str = "127.0.0.1:8080";

impl Serve {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let path: PathBuf = self.directory.made()?;
        let _hold = Hold::take(&path)?;
        let node = Arc::new(Node::open(&path)?);
        for broken in node.broken() {
            eprintln!("artel: not served: {}", broken.says);
        }
        self.listen.serve(node, |address| {
            say!("Artel listens on http://{address}");
            Ok(())
        })
    }
}

impl Listen {
    /// Serves a node until the program is told to stop; `begun` is told the address.
    pub(crate) fn serve(
        &self,
        node: Arc<Node>,
        begun: impl FnOnce(SocketAddr) -> Result<(), Undone>,
    ) -> Result<(), Undone> {
        let listen = match (&self.listen, Settings::read()?.listen) {
            (Some(listen), _) => listen.clone(),
            (None, Some(listen)) => listen,
            (None, None) => LISTEN.to_owned(),
        };
        let runtime = Runtime::new()?;
        runtime.block_on(async move {
            let listener = TcpListener::bind(&listen).await.map_err(|error| {
                Undone::refused(format!(
                    "cannot listen on `{listen}`: {error}; stop the other program, or name \
                     another address with --listen"
                ))
            })?;
            begun(listener.local_addr()?)?;
            tokio::spawn(node.clone().keep_tending());
            let served = axum::serve(listener, crate::pages_of(node));
            Ok(served.with_graceful_shutdown(told_to_stop()).await?)
        })
    }
}

/// Comes when the program is told to stop.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without a way to be told, it runs until it is killed, which loses nothing.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
