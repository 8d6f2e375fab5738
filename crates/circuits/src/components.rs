//! Strongly connected components, by Tarjan's algorithm without recursion.
//!
//! A circulation decomposes into cycles, and a cycle stays inside one component of the residual
//! graph: an arc between two components cannot change its flow, and each component is a problem of
//! its own.

use crate::maps::{Key, Node, NodeMap};

/// Arcs of a directed graph, grouped by their tail.
pub(crate) struct Outgoing {
    first: Vec<u32>,
    heads: Vec<Node>,
}

impl Outgoing {
    /// Groups arcs, given twice by the same iterator, by their tail.
    pub(crate) fn new<I>(nodes: usize, arcs: impl Fn() -> I) -> Self
    where
        I: Iterator<Item = (Node, Node)>,
    {
        let mut next = NodeMap::filled(0_u32, nodes + 1);
        for (tail, _) in arcs() {
            next[tail] += 1;
        }
        let mut sum = 0;
        for slot in next.values_mut() {
            (*slot, sum) = (sum, sum + *slot);
        }
        let first = next.values().to_vec();
        let mut heads: crate::maps::Map<Node, Node> =
            NodeMap::filled(Node(0), Node(sum).position());
        for (tail, head) in arcs() {
            heads[Node(next[tail])] = head;
            next[tail] += 1;
        }
        Self { first, heads: heads.into_values() }
    }

    fn first(&self, node: usize) -> u32 {
        self.first.get(node).copied().unwrap_or(0)
    }

    fn head(&self, place: u32) -> Option<Node> {
        self.heads.get(Node(place).position()).copied()
    }
}

/// The component of every node, and the nodes of every component.
///
/// Components are numbered against the direction of the arcs: an arc between two of them leads
/// from the higher number to the lower.
pub(crate) struct Components {
    pub(crate) of: NodeMap<u32>,
    /// All nodes, component by component.
    nodes: Vec<Node>,
    /// Where each component begins in `nodes`, and the end of the last.
    starts: Vec<u32>,
}

const UNSEEN: u32 = u32::MAX;

impl Components {
    pub(crate) fn new(nodes: usize, graph: &Outgoing) -> Self {
        let mut search = Search {
            graph,
            low: NodeMap::filled(UNSEEN, nodes),
            seen: 0,
            open: Vec::new(),
            path: Vec::new(),
            found: Self {
                of: NodeMap::filled(UNSEEN, nodes),
                nodes: Vec::with_capacity(nodes),
                starts: vec![0],
            },
        };
        for root in (0..nodes).map(Node::at) {
            if search.low[root] == UNSEEN {
                search.from(root);
            }
        }
        search.found
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The nodes of a component.
    pub(crate) fn nodes(&self, component: usize) -> &[Node] {
        let ends = self.starts.get(component).zip(self.starts.get(component + 1));
        let range = ends.map(|(&from, &to)| Node(from).position()..Node(to).position());
        range.and_then(|range| self.nodes.get(range)).unwrap_or_default()
    }
}

struct Search<'a> {
    graph: &'a Outgoing,
    /// The order in which a node was seen, lowered to the earliest open node it leads to.
    low: NodeMap<u32>,
    seen: u32,
    /// Nodes seen whose component is not closed yet.
    open: Vec<Node>,
    /// The depth-first path: a node, its own order, and the next arc to look at.
    path: Vec<(Node, u32, u32)>,
    found: Components,
}

impl Search<'_> {
    fn from(&mut self, root: Node) {
        self.enter(root);
        while let Some((node, order, place)) = self.path.pop() {
            if place < self.graph.first(node.position() + 1) {
                self.path.push((node, order, place + 1));
                self.follow(node, place);
            } else {
                self.leave(node, order);
            }
        }
    }

    fn enter(&mut self, node: Node) {
        self.low[node] = self.seen;
        self.open.push(node);
        self.path.push((node, self.seen, self.graph.first(node.position())));
        self.seen += 1;
    }

    fn follow(&mut self, node: Node, place: u32) {
        let Some(head) = self.graph.head(place) else { return };
        if self.low[head] == UNSEEN {
            self.enter(head);
        } else if self.found.of[head] == UNSEEN {
            self.low[node] = self.low[node].min(self.low[head]);
        }
    }

    fn leave(&mut self, node: Node, order: u32) {
        if self.low[node] == order {
            self.close(node);
        }
        if let Some(&(before, _, _)) = self.path.last() {
            self.low[before] = self.low[before].min(self.low[node]);
        }
    }

    fn close(&mut self, root: Node) {
        let number = Node::at(self.found.len()).0;
        while let Some(node) = self.open.pop() {
            self.found.of[node] = number;
            self.found.nodes.push(node);
            if node == root {
                break;
            }
        }
        self.found.starts.push(Node::at(self.found.nodes.len()).0);
    }
}
