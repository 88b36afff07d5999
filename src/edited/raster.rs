//! Raster: whether two pictures show the same, however an editor stored them.

use png::{Decoder, Limits, Transformations};

use crate::files::limits::DOCUMENT_BYTES;

/// How two pictures compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    /// One is stored larger or smaller than the other: width and height, ours and theirs.
    Scaled([(u32, u32); 2]),
    Other,
}

/// By how much a colour may differ, of 255: machines round the edges of shapes by a little.
const NEAR: u8 = 12;

/// Compares two pictures.
pub(super) fn likeness(ours: &[u8], theirs: &[u8]) -> Likeness {
    if ours == theirs {
        return Likeness::Same;
    }
    let (Some(own), Some(other)) = (pixels(ours), pixels(theirs)) else { return Likeness::Other };
    if own.size != other.size {
        return if is_in_proportion(own.size, other.size) {
            Likeness::Scaled([own.size, other.size])
        } else {
            Likeness::Other
        };
    }
    let near = own.colours.iter().zip(&other.colours).all(|(a, b)| a.abs_diff(*b) <= NEAR);
    if near { Likeness::Same } else { Likeness::Other }
}

/// Says whether two sizes have the same proportion, within a pixel.
fn is_in_proportion(own: (u32, u32), other: (u32, u32)) -> bool {
    let down = u64::from(own.1) * u64::from(other.0) / u64::from(own.0).max(1);
    down.abs_diff(u64::from(other.1)) <= 1
}

/// A picture on a white ground.
struct Pixels {
    size: (u32, u32),
    /// Red, green and blue of each pixel.
    colours: Vec<u8>,
}

/// Reads a PNG file; none for what is none, or unpacks to too much.
fn pixels(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = Decoder::new_with_limits(std::io::Cursor::new(bytes), Limits { bytes: DOCUMENT_BYTES });
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let size = reader.output_buffer_size().filter(|size| *size <= DOCUMENT_BYTES)?;
    let mut buffer = vec![0; size];
    let frame = reader.next_frame(&mut buffer).ok()?;
    buffer.truncate(frame.buffer_size());
    let samples = frame.color_type.samples();
    let colours = buffer.chunks_exact(samples).flat_map(|pixel| match pixel {
        [grey, alpha] => [over(*grey, *alpha); 3],
        [red, green, blue, alpha] => [over(*red, *alpha), over(*green, *alpha), over(*blue, *alpha)],
        [grey] => [*grey; 3],
        [red, green, blue] => [*red, *green, *blue],
        _ => [0; 3],
    });
    Some(Pixels { size: (frame.width, frame.height), colours: colours.collect() })
}

/// Lays a colour on white.
fn over(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u32::from(colour), u32::from(alpha));
    u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, alpha: bool, dot: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(if alpha { png::ColorType::Rgba } else { png::ColorType::Rgb });
        let mut writer = encoder.write_header().expect("a head");
        let one: &[u8] = if alpha { &[255, 255, 255, 255] } else { &[255, 255, 255] };
        let mut pixels = one.repeat((width * height) as usize);
        pixels[0] = dot;
        writer.write_image_data(&pixels).expect("pixels");
        writer.finish().expect("an end");
        bytes
    }

    #[test]
    fn one_pixel_tells_two_pictures_apart_and_the_way_they_are_stored_does_not() {
        let own = picture(8, 4, false, 100);
        assert_eq!(likeness(&own, &picture(8, 4, true, 100)), Likeness::Same);
        assert_eq!(likeness(&own, &picture(8, 4, false, 105)), Likeness::Same);
        assert_eq!(likeness(&own, &picture(8, 4, false, 180)), Likeness::Other);
        assert_eq!(likeness(&own, &picture(4, 2, false, 100)), Likeness::Scaled([(8, 4), (4, 2)]));
        assert_eq!(likeness(&own, &picture(4, 4, false, 100)), Likeness::Other);
        assert_eq!(likeness(&own, b"no picture"), Likeness::Other);
    }
}
