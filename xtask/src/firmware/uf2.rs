//! UF2, the container a board's boot ROM takes as a dragged file: 512-byte blocks, each with 256 bytes for one address.

const BLOCK: usize = 512;
const PAYLOAD: usize = 256;
const MAGIC: [u32; 2] = [0x0a32_4655, 0x9e5d_5157];
const MAGIC_END: u32 = 0x0ab1_6f30;
/// The word that says "RP2040" stands in the block's head.
const FAMILY_PRESENT: u32 = 0x2000;
const RP2040: u32 = 0xe48b_ff56;

/// Packs an image that starts at `address`. The last block is filled up with 0xff, flash's erased value.
pub fn pack(address: u32, image: &[u8]) -> Vec<u8> {
    let blocks = image.chunks(PAYLOAD);
    let count = blocks.len();
    let mut out = Vec::with_capacity(count * BLOCK);
    for (number, payload) in blocks.enumerate() {
        let at = address + (number * PAYLOAD) as u32;
        let head = [
            MAGIC[0],
            MAGIC[1],
            FAMILY_PRESENT,
            at,
            PAYLOAD as u32,
            number as u32,
            count as u32,
            RP2040,
        ];
        let begin = out.len();
        out.extend(head.iter().flat_map(|word| word.to_le_bytes()));
        out.extend_from_slice(payload);
        out.resize(begin + 8 * 4 + PAYLOAD, 0xff);
        out.resize(begin + BLOCK - 4, 0);
        out.extend_from_slice(&MAGIC_END.to_le_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(block: &[u8], index: usize) -> u32 {
        u32::from_le_bytes(block[4 * index..4 * index + 4].try_into().expect("four bytes"))
    }

    #[test]
    fn each_block_says_where_it_goes() {
        let image: Vec<u8> = (0..600u32).map(|byte| byte as u8).collect();
        let packed = pack(0x1000_0000, &image);
        let blocks: Vec<&[u8]> = packed.chunks(BLOCK).collect();
        assert_eq!(blocks.len(), 3);
        for (number, block) in blocks.iter().enumerate() {
            assert_eq!(block.len(), BLOCK);
            assert_eq!(
                (word(block, 0), word(block, 1), word(block, 127)),
                (0x0a324655, 0x9e5d5157, 0x0ab16f30)
            );
            assert_eq!(word(block, 3), 0x1000_0000 + 256 * number as u32);
            assert_eq!(
                (word(block, 5), word(block, 6), word(block, 7)),
                (number as u32, 3, 0xe48bff56)
            );
        }
        let payload: Vec<u8> = blocks.iter().flat_map(|block| block[32..288].iter().copied()).collect();
        assert_eq!(payload[..600], image);
        assert!(payload[600..].iter().all(|byte| *byte == 0xff));
    }
}
