use askama::Template;
use axum::response::Response;
use node::OpenInvite;

use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::scan;

#[derive(Template)]
#[template(path = "invites.html")]
struct InvitesPage {
    frame: Frame,
    base: String,
    invites: Vec<Invite>,
    waiting: Vec<String>,
}

struct Invite {
    label: String,
    link: String,
    picture: String,
}

/// The reader's own open invites. Their links are as good as keys, so nobody else sees them.
pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let me = here.member()?;
    let open = here.visit.node.keys().invites_by(here.hosted.id(), me.id)?;
    let (usable, waiting) = here.read(|state| {
        let key = |invite: &OpenInvite| state.key(invite.key.public());
        // Whoever is invited is no member yet where another signature is missing.
        let (known, unknown): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|invite| key(invite).is_some());
        let usable =
            known.into_iter().filter(|invite| key(invite).is_some_and(|key| key.revoked.is_none()));
        let waiting = unknown.into_iter().map(|invite| invite.label);
        (usable.collect::<Vec<_>>(), waiting.collect::<Vec<_>>())
    })?;
    let invites = usable.iter().map(|invite| {
        let link = format!("{}{}/invite/{}", here.visit.origin, here.base, invite.code());
        Invite { label: invite.label.clone(), picture: scan::picture(&link), link }
    });
    let invites = invites.collect();
    let frame = Frame::inside(&here, "Open invites", "/unit");
    Ok(html(&InvitesPage { frame, base: here.base.clone(), invites, waiting }))
}
