use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use federation::act::HeldBy;
use federation::rows::{Person, Unit};
use federation::{Federation, Id, Reading};
use node::{Failed, Hosted, Node, Said};

use crate::frame::{At, ReaderLine, ReceiptLine};
use crate::given::Given;
use crate::oops::Oops;
use crate::scene::{Me, Scene};
use crate::visit::Visit;

/// Somebody asking for a page of one federation.
#[derive(Clone)]
pub(crate) struct Here {
    pub(crate) visit: Visit,
    pub(crate) hosted: Arc<Hosted>,
    /// The beginning of its pages' addresses.
    pub(crate) base: String,
    pub(crate) me: Option<Me>,
    pub(crate) at: At,
    pub(crate) reader: Option<ReaderLine>,
    pub(crate) receipt: Option<ReceiptLine>,
    path: Given,
}

impl FromRequestParts<Arc<Node>> for Here {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, node: &Arc<Node>) -> Result<Self, Oops> {
        let visit = Visit::from_request_parts(parts, node).await?;
        let params = RawPathParams::from_request_parts(parts, node)
            .await
            .map_err(|error| Failed::missing(format!("the address cannot be read: {error}")))?;
        let pairs = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        let path = Given::new(pairs.collect());
        let hosted = node.find(path.raw("federation"))?;
        let me = me(&visit, &hosted)?;
        let may_read = hosted.read(|federation| {
            let public = federation.reading() == Reading::Public;
            public || me.is_some_and(|me| me.person.is_some())
        })?;
        if !may_read && !is_door(parts.uri.path(), &path) {
            let message = "only members read this record; sign in, or open your invite link";
            return Err(Failed::NotSignedIn { message: message.to_owned() }.into());
        }
        let base = format!("/f/{}", hosted.short_id());
        let said = match visit.query.number("entry") {
            Some(entry) => hosted.said(u64::from(entry))?,
            None => None,
        };
        let (at, reader, receipt) = hosted.read(|state| {
            let receipt = said.map(|said| receipt(state, &said, &visit.query, &base));
            (at(state, &base), me.map(|me| reader_line(&hosted, state, me)), receipt)
        })?;
        Ok(Self { visit, hosted, base, me, at, reader, receipt, path })
    }
}

/// The ways in that show nothing of a record: an invite, and a new key for lost ones.
fn is_door(address: &str, path: &Given) -> bool {
    path.has("code") || address.ends_with("/recover") || address.contains("/recover/")
}

fn at(state: &Federation, base: &str) -> At {
    At {
        name: state.name().map(ToString::to_string).unwrap_or_default(),
        base: base.to_owned(),
        entries: state.size(),
        newest: state.time().to_string(),
    }
}

fn reader_line(hosted: &Hosted, state: &Federation, me: Me) -> ReaderLine {
    ReaderLine {
        name: me.person.map(|id| hosted.called(state, id)).unwrap_or_default(),
        unit: me.unit.map(|id| node::words::unit_name(state, id)).unwrap_or_default(),
    }
}

/// What the address says was just recorded.
fn receipt(state: &Federation, said: &Said, query: &Given, base: &str) -> ReceiptLine {
    let entry = said.sequence;
    let kept = match state.key(said.statement.key).map(|key| key.held_by) {
        Some(HeldBy::Device) => "Signed by your device.",
        _ => "Signed with the key that is kept for you by this node.",
    };
    let waits = query.number("waits").filter(|&waits| waits > 0);
    let more = waits.map(|n| format!("It waits for {n} more to sign the same."));
    let what = node::words::act_sentence(state, &said.statement.act);
    let link = format!("{base}/record/{entry}");
    ReceiptLine { entry, what, more: more.unwrap_or_default(), kept, link }
}

fn me(visit: &Visit, hosted: &Hosted) -> Result<Option<Me>, Failed> {
    let Some(session) = &visit.session else { return Ok(None) };
    let Some(id) = visit.node.keys().seat_in(session.reader, hosted.id())? else {
        return Ok(None);
    };
    let me = hosted.read(|federation| {
        let person = federation.person_by_id(id);
        let unit = person.and_then(|id| federation.person(id).ok()?.unit);
        Me { id, person, unit }
    })?;
    Ok(Some(me))
}

impl Here {
    /// A part of the address.
    pub(crate) fn path(&self, name: &str) -> &str {
        self.path.raw(name)
    }

    /// A part of the address that is a thing's number.
    pub(crate) fn id<T>(&self, name: &str) -> Id<T> {
        Id::new(self.path.number(name).unwrap_or(u32::MAX))
    }

    /// Looks at the federation's state.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&Federation) -> R) -> Result<R, Failed> {
        self.hosted.read(look)
    }

    /// The reader, who must be signed in and known here.
    pub(crate) fn member(&self) -> Result<Me, Failed> {
        self.me.filter(|me| me.person.is_some()).ok_or_else(|| {
            let message = "only members can do this; sign in, or open your invite link";
            Failed::NotSignedIn { message: message.to_owned() }
        })
    }

    /// The reader's unit, if they are in one.
    pub(crate) fn my_unit(&self) -> Option<Id<Unit>> {
        self.me?.unit
    }

    /// What somebody is called.
    pub(crate) fn called(&self, federation: &Federation, person: Id<Person>) -> String {
        self.hosted.called(federation, person)
    }

    /// What a form stands before.
    pub(crate) fn scene<'a>(
        &self,
        federation: &'a Federation,
        given: &'a Given,
        refused: &'a str,
        called: &'a dyn Fn(Id<Person>) -> String,
    ) -> Scene<'a> {
        let now = self.visit.node.clock().now();
        Scene { federation, me: self.me, given, now, refused, called }
    }
}
