/** The template that osls packaged into one that needs no osls: its zips lie in a bucket of the user's. */
import { type Fields, fieldsAt, isFields } from './templates.ts';

/** By the name of its zip, the key below which it lies: another content is another key, so that a deployment sees it. */
export type ZipKeys = ReadonlyMap<string, string>;

const CODE_PARAMETERS = {
  CodeBucket: {
    Type: 'String',
    Description: 'A bucket in the region of the stack, into which dist/cloudformation was copied.',
  },
  CodePrefix: {
    Type: 'String',
    Default: 'keyholder/',
    Description: 'What stands before the names of the zips there.',
  },
};

export function toPlainTemplate(packaged: Fields, keys: ZipKeys): Fields {
  const { Resources, Outputs, Parameters, ...rest } = packaged;
  const resources = Object.entries(fieldsAt({ Resources }, 'Resources'))
    .filter(([name]) => !name.startsWith('ServerlessDeploymentBucket'))
    .map(([name, resource]) => [name, isFields(resource) ? withZip(resource, keys) : resource]);
  const outputs = Object.entries(fieldsAt({ Outputs }, 'Outputs')).filter(
    ([name]) => !name.startsWith('ServerlessDeploymentBucket'),
  );
  return {
    ...rest,
    Parameters: { ...CODE_PARAMETERS, ...fieldsAt({ Parameters }, 'Parameters') },
    Resources: Object.fromEntries(resources),
    Outputs: Object.fromEntries(outputs.map(([name, output]) => [name, withoutExport(fieldsAt(output))])),
  };
}

function withZip(resource: Fields, keys: ZipKeys): Fields {
  if (resource.Type !== 'AWS::Lambda::Function') return resource;
  const properties = fieldsAt(resource, 'Properties');
  const packagedKey = fieldsAt(properties, 'Code').S3Key;
  // Code that stands in the template itself needs no zip.
  if (typeof packagedKey !== 'string') return resource;
  const zip = packagedKey.slice(packagedKey.lastIndexOf('/') + 1);
  const key = keys.get(zip);
  if (key === undefined) throw new Error(`expected ${zip} beside the packaged template, got none`);
  const code = { S3Bucket: { Ref: 'CodeBucket' }, S3Key: { 'Fn::Sub': `\${CodePrefix}${key}` } };
  return { ...resource, Properties: { ...properties, Code: code } };
}

/** Names of exports are of the whole region: a stack of another name would collide. */
function withoutExport({ Export: _, ...output }: Fields): Fields {
  return output;
}
