//! Groups interdependent variables.

/// Disjoint sets of variables (union-find with path halving).
pub(super) struct UnionFind {
    parent: Vec<usize>,
}

impl UnionFind {
    pub fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    pub fn root(&mut self, mut member: usize) -> usize {
        while self.parent[member] != member {
            self.parent[member] = self.parent[self.parent[member]];
            member = self.parent[member];
        }
        member
    }

    pub fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        self.parent[right] = left;
    }
}
