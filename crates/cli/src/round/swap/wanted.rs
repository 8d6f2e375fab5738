use std::path::Path;

use circuits::ThingIndex;

use super::things::Things;
use crate::round::Fault;
use crate::round::table::{Columns, Row, Table};

const WISHES: Columns = Columns { needed: &["thing", "wanted"], optional: &["rank"] };

/// One line: what would be taken for a thing, and how much it is liked.
struct Wish {
    thing: ThingIndex,
    wanted: ThingIndex,
    rank: u64,
    line: u64,
}

/// Reads what would be taken for each thing, best first. Refused unless each list is strict: one
/// rank for a thing and one line for a pair.
pub(super) fn read(path: &Path, things: &Things) -> Result<Vec<Vec<ThingIndex>>, Fault> {
    let mut table = Table::open(path, WISHES)?;
    let ranked = table.has("rank");
    let mut wishes = Vec::new();
    while let Some(row) = table.next()? {
        let (thing, wanted) = (find(&row, "thing", things)?, find(&row, "wanted", things)?);
        if things.unit(thing) == things.unit(wanted) {
            return Err(row.refuse(format!(
                "`{}` and `{}` are both of `{}`; expected a thing of another unit, one's own stays \
                 if none comes",
                things.name(thing),
                things.name(wanted),
                things.unit(thing)
            )));
        }
        let rank = if ranked { rank(&row)? } else { row.line };
        wishes.push(Wish { thing, wanted, rank, line: row.line });
    }
    wishes.sort_unstable_by_key(|wish| (wish.thing, wish.wanted, wish.line));
    check_once(path, things, &wishes)?;
    wishes.sort_unstable_by_key(|wish| (wish.thing, wish.rank, wish.line));
    check_strict(path, things, &wishes)?;
    let mut lists = vec![Vec::new(); things.len()];
    for wish in wishes {
        let list = usize::try_from(wish.thing.0).ok().and_then(|place| lists.get_mut(place));
        if let Some(list) = list {
            list.push(wish.wanted);
        }
    }
    Ok(lists)
}

fn find(row: &Row<'_>, column: &str, things: &Things) -> Result<ThingIndex, Fault> {
    let name = row.name(column)?;
    let unknown = || {
        row.refuse(format!("{column} `{name}` is unknown; expected one of the things in --things"))
    };
    things.place(name).ok_or_else(unknown)
}

fn rank(row: &Row<'_>) -> Result<u64, Fault> {
    let text = row.text("rank")?;
    let expected = || {
        let found = if text.is_empty() { "empty".to_owned() } else { format!("`{text}`") };
        row.refuse(format!("rank is {found}; expected a whole number, 1 for what is liked best"))
    };
    text.parse().ok().filter(|&rank| rank > 0).ok_or_else(expected)
}

/// The later of two neighbours that are alike is refused, and names the line of the other.
fn neighbours(wishes: &[Wish], alike: impl Fn(&Wish, &Wish) -> bool) -> Option<(&Wish, &Wish)> {
    let mut pairs = wishes.windows(2).filter_map(|pair| match pair {
        [one, other] if alike(one, other) => Some((one, other)),
        _ => None,
    });
    pairs.next()
}

fn check_once(path: &Path, things: &Things, wishes: &[Wish]) -> Result<(), Fault> {
    let alike = |a: &Wish, b: &Wish| (a.thing, a.wanted) == (b.thing, b.wanted);
    let Some((first, again)) = neighbours(wishes, alike) else { return Ok(()) };
    let (thing, wanted) = (things.name(again.thing), things.name(again.wanted));
    let message =
        format!("`{wanted}` for `{thing}` stands in line {} too; expected it once", first.line);
    Err(Fault::in_line(path, again.line, message))
}

fn check_strict(path: &Path, things: &Things, wishes: &[Wish]) -> Result<(), Fault> {
    let alike = |a: &Wish, b: &Wish| (a.thing, a.rank) == (b.thing, b.rank);
    let Some((first, again)) = neighbours(wishes, alike) else { return Ok(()) };
    let message = format!(
        "rank `{}` for `{}` stands in line {} too; expected one thing for a rank: say which you \
         like better",
        again.rank,
        things.name(again.thing),
        first.line
    );
    Err(Fault::in_line(path, again.line, message))
}
