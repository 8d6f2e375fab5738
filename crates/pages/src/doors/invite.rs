use axum::extract::Form;
use axum::response::Response;
use federation::{Line, Name};
use node::{About, Failed, Joining};

use crate::doing::FormView;
use crate::doors::{form_page, go, reader, sign_in_fields};
use crate::field::Field;
use crate::frame::Frame;
use crate::given::Given;
use crate::here::Here;
use crate::oops::Oops;

fn form(here: &Here, joining: &Joining) -> Result<FormView, Failed> {
    let (unit, federation) = here.read(|state| {
        (node::words::unit_name(state, joining.unit), state.name().map(ToString::to_string))
    })?;
    let federation = federation.unwrap_or_default();
    let mut fields = vec![
        Field::line("name", "Your name").must(),
        Field::line("contact", "How can others reach you?")
            .hint("A phone number, for example. You can leave this empty."),
    ];
    if here.visit.session.is_none() {
        fields.extend(sign_in_fields());
    }
    Ok(FormView {
        name: "",
        title: format!("Join {unit}"),
        says: format!(
            "You are invited to the unit {unit} in {federation}. This node will keep a key for you, \
             and say so on everything it signs. You can leave at any time, and erase your name."
        ),
        facts: Vec::new(),
        links: Vec::new(),
        fields,
        action: format!("{}/invite/{}", here.base, here.path("code")),
        button: "Join".to_owned(),
        back: "/".to_owned(),
    })
}

fn frame(here: &Here) -> Frame {
    Frame::outside(&here.visit, "You are invited")
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let joining = here.hosted.open_invite(here.path("code"))?;
    Ok(form_page(frame(&here), form(&here, &joining)?, &here.visit.query, None))
}

pub(crate) async fn enter(
    here: Here,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    here.visit.check_form(&given)?;
    let joining = here.hosted.open_invite(here.path("code"))?;
    match join(&here, &given, &joining).await {
        Ok(response) => Ok(response),
        Err(Oops(failed @ (Failed::Refused { .. } | Failed::Missing { .. }))) => {
            Ok(form_page(frame(&here), form(&here, &joining)?, &given, Some(&failed)))
        }
        Err(oops) => Err(oops),
    }
}

async fn join(here: &Here, given: &Given, joining: &Joining) -> Result<Response, Oops> {
    let about = about(given)?;
    if here.me.is_some() {
        return Err(Failed::refused(
            "member-already",
            "you are a member of this federation already; leave your unit first, or sign out if the \
             invite is for somebody else",
        )
        .into());
    }
    let (reader, session) = reader(&here.visit, given)?;
    let keys = here.visit.node.keys();
    let recorded = here.hosted.join(keys, reader, joining, &about).await?;
    go(&format!("{}?entry={}", here.base, recorded.entry), session.as_ref())
}

/// Who somebody says they are on their way in.
pub(super) fn about(given: &Given) -> Result<About, Failed> {
    let wrong = |field: &str, says: federation::TextRefused| {
        Failed::refused("name-wrong", format!("{field}: {says}"))
    };
    let name = Name::parse(&given.text("name")).map_err(|says| wrong("your name", says))?;
    let contact =
        Line::parse(&given.text("contact")).map_err(|says| wrong("how to reach you", says))?;
    Ok(About { contact: contact.to_string(), ..About::called(name.as_str()) })
}
