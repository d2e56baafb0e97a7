import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';

@ObjectType({
  description:
    'An uploaded photo or document (附件). Sent as multipart to `POST /files`, attached by its id, and seen by whoever may read what it is attached to.',
  simpleResolvers: true,
})
export class File {
  @Field(() => ID, { description: 'Public id, `file_…`.' })
  id!: string;

  @Field(() => String, { description: 'Name that it was uploaded under, without its path.' })
  name!: string;

  @Field(() => String, {
    description:
      'Media type as found in the content: image/jpeg, image/png, image/webp, image/gif or application/pdf.',
  })
  type!: string;

  @Field(() => Int, { description: 'Bytes, as served.' })
  size!: number;

  @Field(() => Int, { nullable: true, description: 'Width in pixels, upright; null for documents.' })
  width!: number | null;

  @Field(() => Int, { nullable: true, description: 'Height in pixels, upright; null for documents.' })
  height!: number | null;

  @Field(() => String, { description: 'Path to download it from, with the credentials of the API.' })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Path of a small WebP picture, at most 320 × 320; null for documents.',
  })
  thumbnail!: string | null;

  @Field(() => String, { description: 'Who uploaded it, under the name of that day.' })
  uploadedBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was uploaded.' })
  uploadedAt!: string;
}
