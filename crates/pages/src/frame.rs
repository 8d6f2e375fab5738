use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::here::Here;
use crate::hex::hex;
use crate::visit::Visit;

/// What stands around every page: who reads, where, and what was just done.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    pub(crate) title: String,
    /// The room, as the end of its address; none of them outside a federation.
    pub(crate) here: &'static str,
    pub(crate) at: Option<At>,
    pub(crate) reader: Option<ReaderLine>,
    /// What every form carries.
    pub(crate) token: String,
    /// The demonstration's page, at a node that is one.
    pub(crate) demo: Option<String>,
    pub(crate) receipt: Option<ReceiptLine>,
    pub(crate) refused: Option<String>,
    pub(crate) styles: &'static str,
    pub(crate) script: &'static str,
}

/// The federation that a page is about.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub(crate) name: String,
    pub(crate) base: String,
    pub(crate) entries: u64,
    pub(crate) newest: String,
}

/// Who reads.
#[derive(Debug, Clone)]
pub(crate) struct ReaderLine {
    pub(crate) name: String,
    pub(crate) unit: String,
}

/// What was just recorded.
#[derive(Debug, Clone)]
pub(crate) struct ReceiptLine {
    pub(crate) entry: u64,
    pub(crate) what: String,
    pub(crate) more: String,
    pub(crate) kept: &'static str,
    pub(crate) link: String,
}

/// A room of the federation.
pub(crate) struct Room {
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
}

const ROOMS: &[Room] = &[
    Room { name: "Today", path: "" },
    Room { name: "Offers & needs", path: "/offers" },
    Room { name: "Rounds", path: "/rounds" },
    Room { name: "Our unit", path: "/unit" },
    Room { name: "Specifications", path: "/specifications" },
    Room { name: "Contracts", path: "/contracts" },
    Room { name: "Decisions", path: "/decisions" },
    Room { name: "Pact", path: "/pact" },
    Room { name: "Delegates", path: "/delegates" },
    Room { name: "Circles", path: "/circles" },
    Room { name: "Resources", path: "/resources" },
    Room { name: "Commons", path: "/commons" },
    Room { name: "Directory", path: "/directory" },
    Room { name: "Record", path: "/record" },
    Room { name: "My keys and data", path: "/me" },
];

impl Frame {
    #[expect(clippy::unused_self, reason = "a template reads its lists from its fields")]
    pub(crate) fn rooms(&self) -> &'static [Room] {
        ROOMS
    }

    /// Around a page that nothing is known about.
    pub(crate) fn bare(title: &str) -> Self {
        let (styles, script) = (styles_version(), script_version());
        Self { title: title.to_owned(), styles, script, ..Self::default() }
    }

    /// Around a page that belongs to no federation.
    pub(crate) fn outside(visit: &Visit, title: impl Into<String>) -> Self {
        let token = visit.session.as_ref().map(node::Session::form_token);
        Self {
            title: title.into(),
            token: token.unwrap_or_default(),
            reader: visit.reader_line(),
            ..Self::bare("")
        }
    }

    /// Around a federation's page.
    pub(crate) fn inside(here: &Here, title: impl Into<String>, room: &'static str) -> Self {
        Self {
            here: room,
            at: Some(here.at.clone()),
            reader: here.reader.clone(),
            demo: here.visit.node.is_demo().then(|| "/demo".to_owned()),
            receipt: here.receipt.clone(),
            ..Self::outside(&here.visit, title)
        }
    }

    /// With a rule's message on top.
    #[must_use]
    pub(crate) fn refused(mut self, message: impl Into<String>) -> Self {
        self.refused = Some(message.into());
        self
    }
}

/// The beginning of a file's hash, so that browsers fetch a new one when it changes.
fn version(file: &[u8]) -> String {
    hex(&Sha256::digest(file)).chars().take(12).collect()
}

fn styles_version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| version(crate::files::STYLES))
}

fn script_version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| version(crate::files::SCRIPT))
}
