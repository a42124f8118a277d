// Listens to an SPI port that only sends, and gives each word the time it takes on the wire.

/** @param chip the chip @param index 0 or 1 @param onWord called with each word as its last bit leaves */
export function listenSpi(chip, index, onWord) {
  const spi = chip.spi[index];
  let word = 0;
  const sent = chip.alarm(() => {
    onWord(word, spi.dataBits);
    spi.completeTransmit(0);
  });
  spi.onTransmit = (value) => {
    word = value;
    sent.schedule((spi.dataBits * 1e9) / (spi.clockFrequency || 1e6));
  };
}
