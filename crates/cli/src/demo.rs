use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use node::Node;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::hold::Hold;
use crate::said::say;
use crate::serve::Listen;
use crate::undone::Undone;

/// Start a node with a sample federation, and act there as any of its people.
///
/// Everything in it goes when it stops, unless a directory is named.
#[derive(Args)]
#[command(after_help = "Examples:
  artel demo
  artel demo --listen 0.0.0.0:8080    to look at it with a phone in the local network
  artel demo --empty                  to try out a federation of your own, and let its time pass")]
pub(crate) struct Demo {
    #[command(flatten)]
    listen: Listen,
    /// Leave the sample out: found a federation of your own.
    #[arg(long)]
    empty: bool,
    /// Keep the demonstration in this directory, and go on with it next time.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Demo {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let passing = self.data.is_none().then(Passing::new).transpose()?;
        let path = match (&self.data, &passing) {
            (Some(data), _) => data.as_path(),
            (None, Some(passing)) => passing.0.as_path(),
            (None, None) => return Ok(()),
        };
        let _hold = Hold::take(path)?;
        let node = Node::open_demo(path)?;
        if !self.empty && node.federations().is_empty() {
            eprintln!("making half a year of a federation's life …");
            node.host_sample()?;
        }
        let hosted = node.federations().first().map(|hosted| hosted.short_id());
        let serving = self.listen.serve(Arc::new(node), |address| {
            greet(address, hosted.is_some());
            if let Some(id) = hosted {
                say!("The record: http://{}/f/{id}/checkpoint", reached(address));
            }
            say!("Ctrl-C stops it.");
            Ok(())
        });
        drop(passing);
        serving
    }
}

/// A directory that goes with the demonstration.
struct Passing(PathBuf);

impl Passing {
    fn new() -> Result<Self, Undone> {
        let name = format!("artel-demo-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        private(&path)?;
        Ok(Self(path))
    }
}

/// Fails if something of that name is there, so that nobody else can have prepared it.
fn private(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

impl Drop for Passing {
    fn drop(&mut self) {
        // What stays is in the directory for passing files, which the system empties.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn greet(address: SocketAddr, filled: bool) {
    let url = format!("http://{}", reached(address));
    let what = if filled { "Artel's sample federation" } else { "Artel, to be tried out" };
    say!("{what}: {url}\n");
    if !address.ip().is_loopback()
        && let Ok(code) = QrCode::encode_text(&url, QrCodeEcc::Low)
    {
        say!("{}", drawn(&code));
    }
}

/// The address as others reach it: where it listens everywhere, this machine's in its network.
fn reached(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    // Asking the way to an address sends nothing, and says which of this machine's is used.
    let outward = std::net::UdpSocket::bind("0.0.0.0:0")
        .and_then(|socket| socket.connect("192.0.2.1:9").and_then(|()| socket.local_addr()));
    let here = SocketAddr::from(([127, 0, 0, 1], address.port()));
    outward.map_or(here, |found| SocketAddr::new(found.ip(), address.port()))
}

/// A QR code of two modules a character, dark on light with a border.
fn drawn(code: &QrCode) -> String {
    let border = 2;
    let (from, to) = (-border, code.size() + border);
    let mut lines = String::new();
    for y in (from..to).step_by(2) {
        for x in from..to {
            lines.push(match (code.get_module(x, y), code.get_module(x, y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_is_drawn_in_lines_of_one_width() {
        let code = QrCode::encode_text("http://192.0.2.7:8080", QrCodeEcc::Low).unwrap();
        let drawn = drawn(&code);
        let widths: Vec<_> = drawn.lines().map(|line| line.chars().count()).collect();
        assert!(widths.len() > 12 && widths.iter().all(|&width| width == widths[0]));
    }
}
