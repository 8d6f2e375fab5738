//! The plainest solver there is, for small networks: while some cycle of the residual graph gains
//! (Bellman and Ford), send flow around it. What a stage decided is frozen piece by piece.

/// A network of arcs that can all carry nought.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slow {
    nodes: usize,
    arcs: Vec<Arc>,
}

#[derive(Debug, Clone)]
struct Arc {
    from: usize,
    to: usize,
    pieces: Vec<Piece>,
}

/// A stretch of an arc's capacity. Lower pieces are never worth less than higher ones.
#[derive(Debug, Clone)]
struct Piece {
    size: i128,
    flow: i128,
    gain: i128,
    frozen: bool,
}

/// One direction in which flow on a piece can change.
struct Way {
    arc: usize,
    piece: usize,
    from: usize,
    to: usize,
    room: i128,
    gain: i128,
    sign: i128,
}

/// So much for every unit of flow up to the bend, and so much above it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gain {
    pub(crate) below: i128,
    pub(crate) bend: i128,
    pub(crate) above: i128,
}

impl Gain {
    pub(crate) fn flat(gain: i128) -> Self {
        Self { below: gain, bend: 0, above: gain }
    }

    pub(crate) fn up_to(bend: i128) -> Self {
        Self { below: 1, bend, above: 0 }
    }

    fn of(self, flow: i128) -> i128 {
        self.below * flow.min(self.bend) + self.above * (flow - self.bend).max(0)
    }
}

impl Slow {
    pub(crate) fn node(&mut self) -> usize {
        self.nodes += 1;
        self.nodes - 1
    }

    pub(crate) fn arc(&mut self, from: usize, to: usize, size: i128) -> usize {
        let piece = Piece { size, flow: 0, gain: 0, frozen: false };
        self.arcs.push(Arc { from, to, pieces: vec![piece] });
        self.arcs.len() - 1
    }

    pub(crate) fn size(&self, arc: usize) -> i128 {
        self.arcs[arc].pieces.iter().map(|piece| piece.size).sum()
    }

    /// Where an arc begins.
    pub(crate) fn from(&self, arc: usize) -> usize {
        self.arcs[arc].from
    }

    pub(crate) fn flow(&self, arc: usize) -> i128 {
        self.arcs[arc].pieces.iter().map(|piece| piece.flow).sum()
    }

    /// Goes on to the plans that are the best by some gains, and says what they come to.
    pub(crate) fn stage(&mut self, gains: &[(usize, Gain)]) -> i128 {
        for piece in self.arcs.iter_mut().flat_map(|arc| &mut arc.pieces) {
            piece.gain = 0;
        }
        for &(arc, gain) in gains {
            self.arcs[arc].split(gain);
        }
        while let Err(cycle) = self.distances() {
            let room = cycle.iter().map(|way| way.room).min().unwrap();
            for way in cycle {
                self.arcs[way.arc].pieces[way.piece].flow += way.sign * room;
            }
        }
        let distances = self.distances().ok().unwrap();
        for arc in &mut self.arcs {
            for piece in &mut arc.pieces {
                piece.frozen |= piece.gain + distances[arc.from] != distances[arc.to];
            }
            arc.pour();
        }
        gains.iter().map(|&(arc, gain)| gain.of(self.flow(arc))).sum()
    }

    /// The most that a way gains to each node, or a cycle that gains.
    fn distances(&self) -> Result<Vec<i128>, Vec<Way>> {
        let ways: Vec<Way> = self.ways().collect();
        let mut best = vec![0_i128; self.nodes];
        let mut by: Vec<Option<usize>> = vec![None; self.nodes];
        let mut changed = None;
        for _ in 0..=self.nodes {
            changed = None;
            for (number, way) in ways.iter().enumerate() {
                if best[way.from] + way.gain > best[way.to] {
                    best[way.to] = best[way.from] + way.gain;
                    by[way.to] = Some(number);
                    changed = Some(way.to);
                }
            }
            if changed.is_none() {
                return Ok(best);
            }
        }
        let mut node = changed.unwrap();
        for _ in 0..self.nodes {
            node = ways[by[node].unwrap()].from;
        }
        let (start, mut cycle) = (node, Vec::new());
        loop {
            cycle.push(by[node].unwrap());
            node = ways[by[node].unwrap()].from;
            if node == start {
                break;
            }
        }
        cycle.sort_unstable();
        let mut number = 0;
        let ways = ways.into_iter();
        Err(ways
            .filter(|_| {
                number += 1;
                cycle.binary_search(&(number - 1)).is_ok()
            })
            .collect())
    }

    fn ways(&self) -> impl Iterator<Item = Way> + '_ {
        self.arcs.iter().enumerate().flat_map(|(number, arc)| {
            let free = arc.pieces.iter().enumerate().filter(|(_, piece)| !piece.frozen);
            free.flat_map(move |(place, piece)| {
                let way = |from, to, room, sign| Way {
                    arc: number,
                    piece: place,
                    from,
                    to,
                    room,
                    gain: sign * piece.gain,
                    sign,
                };
                let there = way(arc.from, arc.to, piece.size - piece.flow, 1);
                [there, way(arc.to, arc.from, piece.flow, -1)]
            })
            .filter(|way| way.room > 0)
        })
    }
}

impl Arc {
    /// Cuts the piece that a bend lies in, and writes down what every piece gains.
    fn split(&mut self, gain: Gain) {
        let mut start = 0;
        let mut cut = Vec::new();
        for piece in self.pieces.drain(..) {
            let below = (gain.bend - start).clamp(0, piece.size);
            start += piece.size;
            for (size, gain, left) in
                [(below, gain.below, 0), (piece.size - below, gain.above, below)]
            {
                let flow = (piece.flow - left).clamp(0, size);
                if size > 0 {
                    cut.push(Piece { size, flow, gain, frozen: piece.frozen });
                }
            }
        }
        self.pieces = cut;
    }

    /// Fills the pieces from the lowest.
    fn pour(&mut self) {
        let mut left: i128 = self.pieces.iter().map(|piece| piece.flow).sum();
        for piece in &mut self.pieces {
            let flow = left.min(piece.size);
            assert!(!piece.frozen || flow == piece.flow, "what is frozen stays");
            piece.flow = flow;
            left -= flow;
        }
    }
}
