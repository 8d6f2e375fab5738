use federation::act::{
    CommitNumber, FormCircle, JoinCircle, OpenLot, OpenNumber, PostAct, Question,
};
use federation::rows::Circle;
use federation::{Act, LotNumber, Prose, Ref};
use record::sha256;

use crate::Failed;

use super::polls::{Motion, vote};
use super::stage::{Stage, line, name};
use super::weeks::{everybody_speaks, first_of};

const APPRENTICES: &str = "Each workshop takes one apprentice for a season, and each apprentice learns in two \
                           workshops. What is learned together counts at what both sides agree, also nought.";

/// Those who learn a trade find each other across the units, and propose something together.
pub(super) fn fortnight(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    match week {
        2 => {
            let about =
                "Whoever learns a trade in the valley, or teaches one. We meet at the weir.";
            let about = Prose::parse(about).map_err(Failed::fault)?;
            let act = FormCircle { name: name("Apprentices of the valley")?, about };
            stage.act("Leo Marsh", Act::FormCircle(act))?;
            post(stage, "Leo Marsh", "First evening on Thursday. Bring something broken.")
        }
        4 => {
            let circle = circle(stage)?;
            for who in ["Ben Akers", "Pavel Novak", "Emil Stark"] {
                stage.act(who, Act::JoinCircle(JoinCircle { circle }))?;
            }
            Ok(())
        }
        6 => post(stage, "Pavel Novak", "Nine came. We mended a chair, two wheels and a toaster."),
        16 => post(
            stage,
            "Ben Akers",
            "Who wants to learn more than one trade has to ask in every workshop again. Shall we \
             propose something to all?",
        ),
        18 => {
            let circle = Some(circle(stage)?);
            let motion = Motion::new("Pavel Novak", Question::Text {}, APPRENTICES, 21);
            Motion { circle, ..motion }.propose(stage).map(drop)
        }
        20 => vote(stage, APPRENTICES, |unit, place| match (unit, place) {
            ("Lantern Electric" | "Hilltop Dairy", _) => Some(1),
            ("Stone Oven Bakery", 1) => Some(2),
            _ => Some(0),
        }),
        _ => Ok(()),
    }
}

fn circle(stage: &Stage) -> Result<Ref<Circle>, Failed> {
    let first = stage.federation.circles().next().map(|(id, _)| id);
    let named = first.and_then(|id| stage.federation.circle_ref(id));
    named.ok_or_else(|| Failed::fault("there is no circle in the sample"))
}

fn post(stage: &mut Stage, by: &str, words: &str) -> Result<(), Failed> {
    let circle = circle(stage)?;
    let (words, body) = stage.words(words)?;
    stage.act_with(by, Act::Post(PostAct { circle, words }), vec![body])?;
    Ok(())
}

/// Four want the two stalls by the door of the market; five units draw.
pub(super) fn after_round(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    if week != 20 {
        return Ok(());
    }
    let names = ["Stone Oven Bakery", "Meadow Farm", "Hilltop Dairy", "Thimble Tailors"];
    let named = names.map(|name| line(&stage.unit_ref(name)?.to_string()));
    let names = named.into_iter().collect::<Result<_, _>>()?;
    let about = line("who has the two stalls by the door at the autumn market")?;
    let act = OpenLot { about, names, draw: 2 };
    let lot = first_of(stage.act("Rosa Campo", Act::OpenLot(act))?);
    let bound = ["Noor Haddad", "Greta Holm", "Olga Petrova", "Ada Brook", "Hana Sato"];
    let number = |who: &str| LotNumber(sha256(format!("number of {who}").as_bytes()));
    for who in bound {
        let act = CommitNumber { lot, hash: number(who).hash() };
        stage.act(who, Act::CommitNumber(act))?;
    }
    stage.minutes(2 * 24 * 60 + 60);
    everybody_speaks(stage)?;
    for who in bound {
        stage.act(who, Act::OpenNumber(OpenNumber { lot, number: number(who) }))?;
    }
    Ok(())
}
